package dev.profiled.admin;

import java.io.File;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.logging.Level;

import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.PageLoadStrategy;
import org.openqa.selenium.SearchContext;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.TimeoutException;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.support.ui.WebDriverWait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * A headless Chromium in which an operator looks at Spring Boot Admin.
 */
final class AdminBrowser implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final String RECORD_VIOLATIONS = """
			globalThis.violations = [];
			addEventListener('securitypolicyviolation', (event) => violations.push(
				event.effectiveDirective + ' of ' + event.sourceFile));""";

	private final ChromeDriver driver;

	private AdminBrowser(ChromeDriver driver) {
		this.driver = driver;
	}

	static AdminBrowser start() {
		File chromium = onPath("chromium", "chromium-browser", "google-chrome");
		File chromedriver = onPath("chromedriver");
		assumeTrue(chromium != null, "no chromium on the PATH");
		assumeTrue(chromedriver != null, "no chromedriver on the PATH");
		ChromeOptions options = new ChromeOptions();
		options.setBinary(Objects.requireNonNull(chromium));
		options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
				"--disable-background-networking", "--disable-component-update", "--disable-sync", "--lang=en",
				"--window-size=1280,900",
				// pages that were left would keep their connections, of which there are
				// few for each server
				"--disable-features=BackForwardCache");
		options.setPageLoadStrategy(PageLoadStrategy.EAGER);
		LoggingPreferences logs = new LoggingPreferences();
		logs.enable(LogType.BROWSER, Level.ALL);
		options.setCapability("goog:loggingPrefs", logs);
		ChromeDriverService service = new ChromeDriverService.Builder().usingDriverExecutable(chromedriver).build();
		ChromeDriver driver = new ChromeDriver(service, options);
		driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", RECORD_VIOLATIONS));
		return new AdminBrowser(driver);
	}

	private static File onPath(String... names) {
		return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
			.flatMap((folder) -> Arrays.stream(names).map((name) -> new File(folder, name)))
			.filter(File::canExecute)
			.findFirst()
			.orElse(null);
	}

	static By css(String selector) {
		return By.cssSelector(selector);
	}

	ChromeDriver driver() {
		return this.driver;
	}

	void open(String address) {
		this.driver.get(address);
	}

	void speak(String language) {
		this.driver.executeCdpCommand("Network.setUserAgentOverride",
				Map.of("userAgent", "test", "acceptLanguage", language));
	}

	/**
	 * Leave the page, and forget what a server's pages have remembered.
	 */
	void leave(String origin) {
		open("about:blank");
		this.driver.executeCdpCommand("Storage.clearDataForOrigin",
				Map.of("origin", origin, "storageTypes", "local_storage"));
		this.driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of()));
		this.driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
		speak("en");
		complaints();
	}

	void emulatePhone(int width, int height) {
		this.driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
				Map.of("width", width, "height", height, "deviceScaleFactor", 2, "mobile", true));
	}

	/**
	 * Let the system prefer light or dark.
	 */
	void preferColours(String scheme) {
		this.driver.executeCdpCommand("Emulation.setEmulatedMedia",
				Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
	}

	/**
	 * Fill in the form that the server asks for.
	 */
	void logIn() {
		await(() -> !this.driver.findElements(By.name("username")).isEmpty());
		this.driver.findElement(By.name("username")).sendKeys(Landscape.USER);
		this.driver.findElement(By.name("password")).sendKeys(Landscape.PASSWORD, Keys.ENTER);
		await(() -> !this.driver.getCurrentUrl().contains("login"));
	}

	/**
	 * Open our view from the sidebar, whose group has to be unfolded first if it has
	 * other views, too.
	 */
	void visitView(String label) {
		By link = By.cssSelector("a[href$='/flamegraphs']");
		await(() -> {
			List<WebElement> found = this.driver.findElements(link);
			if (found.isEmpty()) {
				this.driver.findElements(By.cssSelector("a[href$='/threaddump']")).forEach(WebElement::click);
			}
			return !found.isEmpty() && text(found.get(0)).equals(label);
		});
		this.driver.findElement(link).click();
	}

	/**
	 * Return the addresses that the sidebar leads to, with all its groups unfolded.
	 */
	List<String> sidebar() {
		By links = By.cssSelector("aside a[href$='/details']");
		await(() -> !this.driver.findElements(links).isEmpty());
		this.driver.findElements(By.cssSelector("aside [data-sba-group] button")).forEach(WebElement::click);
		return this.driver.findElements(By.cssSelector("aside a"))
			.stream()
			.map((link) -> link.getDomProperty("href"))
			.toList();
	}

	/**
	 * Choose a language in Spring Boot Admin's own menu.
	 */
	void chooseLanguage(String from, String to) {
		this.driver.findElement(By.xpath("//nav//button[normalize-space()='" + from + "']")).click();
		By choice = By.xpath("//*[contains(@class, 'dropdown-item') and normalize-space()='" + to + "']");
		await(() -> this.driver.findElement(choice).isDisplayed());
		this.driver.findElement(choice).click();
	}

	/**
	 * Wait until something holds; the page may be redrawn meanwhile.
	 */
	void await(Condition condition) {
		try {
			new WebDriverWait(this.driver, PATIENCE).pollingEvery(Duration.ofMillis(50))
				.ignoring(StaleElementReferenceException.class, WebDriverException.class)
				.until((driver) -> condition.holds());
		}
		catch (TimeoutException ex) {
			throw new AssertionError("Waited in vain at " + this.driver.getCurrentUrl() + ", where the browser says "
					+ complaints() + " and the requests under way or done are "
					+ this.driver.executeScript(
							"return performance.getEntriesByType('resource').map(({ name, duration }) => name + ' ' + duration)"),
					ex);
		}
	}

	SearchContext explorer() {
		return this.driver.findElement(By.className("profiled-flame-graphs")).getShadowRoot();
	}

	SearchContext viewer() {
		return find(".flame-graph").getShadowRoot();
	}

	WebElement find(String selector) {
		return explorer().findElement(By.cssSelector(selector));
	}

	String text(String selector) {
		return text(find(selector));
	}

	boolean isShown(String selector) {
		return find(selector).isDisplayed();
	}

	String text(WebElement element) {
		return readable((String) this.driver.executeScript("return arguments[0].innerText || arguments[0].textContent",
				element));
	}

	void awaitText(String selector, String part) {
		await(selector, part, () -> text(selector));
	}

	void awaitViewer(String selector, String part) {
		await(selector, part, () -> viewerText(selector));
	}

	private void await(String selector, String part, Supplier<String> text) {
		try {
			await(() -> text.get().contains(part));
		}
		catch (AssertionError ex) {
			assertThat(text.get()).as(selector).contains(part);
			throw ex;
		}
	}

	String viewerText(String selector) {
		return text(viewer().findElement(By.cssSelector(selector)));
	}

	/**
	 * Return the rows of the list, each with its cells.
	 */
	@SuppressWarnings("unchecked")
	List<List<String>> rows() {
		List<List<String>> rows = (List<List<String>>) this.driver.executeScript(
				"return [...arguments[0].querySelectorAll('.endpoints tbody tr')].map((row) => [...row.children].map((cell) => { const seen = cell.cloneNode(true); seen.querySelectorAll('.unseen, [hidden]').forEach((unseen) => unseen.remove()); return seen.textContent; }))",
				explorer());
		return rows.stream().map((row) -> row.stream().map(AdminBrowser::readable).toList()).toList();
	}

	List<String> row(String endpoint) {
		return rows().stream().filter((row) -> row.get(0).equals(endpoint)).findFirst().orElseThrow();
	}

	void awaitList() {
		await(() -> !rows().isEmpty());
	}

	void choose(String endpoint) {
		explorer().findElements(By.cssSelector(".choose"))
			.stream()
			.filter((button) -> text(button).equals(endpoint))
			.findFirst()
			.orElseThrow()
			.click();
	}

	void chooseEvent(String event) {
		tab(event).click();
	}

	WebElement tab(String event) {
		return viewer().findElement(By.cssSelector(".tab[data-event=" + event + "]"));
	}

	/**
	 * Return the events that the viewer has a tab for.
	 */
	List<String> tabs() {
		return viewer().findElements(By.cssSelector(".tab"))
			.stream()
			.filter(WebElement::isDisplayed)
			.map((tab) -> tab.getDomAttribute("data-event"))
			.toList();
	}

	WebElement button(String text) {
		return explorer().findElements(By.cssSelector("button"))
			.stream()
			.filter((button) -> text(button).equals(text))
			.findFirst()
			.orElseThrow(() -> new AssertionError("No button '" + text + "'"));
	}

	/**
	 * Return what has the focus in the view: its text, or its class if it has none.
	 */
	String focused() {
		return readable((String) this.driver.executeScript("""
				const { activeElement: focused } = arguments[0];
				return focused && (focused.textContent || focused.className);""", explorer()));
	}

	/**
	 * Ask from the page, and wait for the answer.
	 */
	void fetch(String address) {
		ask("GET", address);
	}

	void delete(String address) {
		ask("DELETE", address);
	}

	private void ask(String method, String address) {
		assertThat(this.driver.executeAsyncScript("""
				const [address, method, done] = arguments;
				fetch(address, { method }).then((answer) => answer.text().then(() => done(answer.ok)));""", address,
				method))
			.isEqualTo(true);
	}

	/**
	 * Return how often the page has asked for addresses that end so, and got an answer.
	 */
	long asked(String end) {
		return (long) this.driver.executeScript(
				"return performance.getEntriesByType('resource').filter(({ name }) => name.endsWith(arguments[0])).length",
				end);
	}

	void focus(WebElement element) {
		this.driver.executeScript("arguments[0].focus()", element);
	}

	void choose(String selector, String value) {
		new Select(find(selector)).selectByValue(value);
	}

	/**
	 * Walk from the root of the graph to the widest frame of each row, zoom there, and
	 * wait until the address tells.
	 * @param rows how many rows
	 */
	void zoomUp(int rows) {
		WebElement canvas = viewer().findElement(By.cssSelector("canvas"));
		this.driver.executeScript("arguments[0].focus()", canvas);
		Actions actions = new Actions(this.driver);
		for (int i = 0; i <= rows; i++) {
			actions.sendKeys(Keys.ARROW_UP);
		}
		actions.sendKeys(Keys.ENTER).perform();
		try {
			await(() -> query().contains("zoom="));
		}
		catch (AssertionError ex) {
			throw new AssertionError("Focus on '" + viewerText("[aria-live=polite].unseen") + "', crumbs '"
					+ viewerText(".crumbs") + "', address " + this.driver.getCurrentUrl(), ex);
		}
	}

	void press(CharSequence... keys) {
		new Actions(this.driver).sendKeys(keys).perform();
	}

	String query() {
		String address = URLDecoder.decode(this.driver.getCurrentUrl(), StandardCharsets.UTF_8);
		int question = address.indexOf('?');
		return (question >= 0) ? address.substring(question + 1) : "";
	}

	/**
	 * Return what the browser complained about since the last call, each with the script
	 * it is about, but for the answers that were not 200.
	 */
	List<String> complaints() {
		return this.driver.manage()
			.logs()
			.get(LogType.BROWSER)
			.getAll()
			.stream()
			.filter((entry) -> entry.getLevel().intValue() >= Level.WARNING.intValue())
			.map(LogEntry::getMessage)
			.filter((message) -> !message.contains("Failed to load resource"))
			.toList();
	}

	/**
	 * Return whether a complaint or a violation is about our script.
	 */
	static boolean isOurs(String message) {
		return message.contains("/extensions/profiled/");
	}

	/**
	 * Return what the page's Content-Security-Policy has blocked, each with the script
	 * that tried.
	 */
	@SuppressWarnings("unchecked")
	List<String> violations() {
		return (List<String>) this.driver.executeScript("return violations");
	}

	static String readable(String text) {
		return text.replaceAll("[\u202f\u00a0]", " ").replaceAll("\\s+", " ").trim();
	}

	@Override
	public void close() {
		this.driver.quit();
	}

	/**
	 * Something that becomes true.
	 */
	@FunctionalInterface
	interface Condition {

		boolean holds();

	}

}
