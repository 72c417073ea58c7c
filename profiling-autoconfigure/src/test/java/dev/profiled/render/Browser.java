package dev.profiled.render;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.SearchContext;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.interactions.PointerInput;
import org.openqa.selenium.interactions.Sequence;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * A headless Chromium that shows the flame graph page, and a reader's hands and eyes in
 * it.
 */
final class Browser implements AutoCloseable {

	private static final Pattern REQUESTED_URL = Pattern
		.compile("\"method\":\"Network\\.requestWillBeSent\".*?\"request\":\\{.*?\"url\":\"([^\"]*)\"");

	/**
	 * The contrast of two CSS colours as WCAG defines it, of the pixels the browser makes
	 * of them.
	 */
	private static final String CONTRAST = """
			(a, b) => {
				const luminance = (color) => {
					const context = new OffscreenCanvas(1, 1).getContext('2d');
					context.fillStyle = color;
					context.fillRect(0, 0, 1, 1);
					const [r, g, b] = [...context.getImageData(0, 0, 1, 1).data].map((value) => value / 255)
						.map((value) => (value <= 0.04045) ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
					return 0.2126 * r + 0.7152 * g + 0.0722 * b;
				};
				const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
				return (high + 0.05) / (low + 0.05);
			}""";

	private final ChromeDriver driver;

	private final Path directory;

	private int pages;

	private Browser(ChromeDriver driver, Path directory) {
		this.driver = driver;
		this.directory = directory;
	}

	static Browser start(Path directory) {
		File chromium = onPath("chromium", "chromium-browser", "google-chrome");
		File chromedriver = onPath("chromedriver");
		assumeTrue(chromium != null, "no chromium on the PATH");
		assumeTrue(chromedriver != null, "no chromedriver on the PATH");
		ChromeOptions options = new ChromeOptions();
		options.setBinary(Objects.requireNonNull(chromium));
		options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
				"--disable-background-networking", "--disable-component-update", "--disable-sync",
				"--window-size=1280,800", "--user-data-dir=" + directory.resolve("user-data"));
		LoggingPreferences logs = new LoggingPreferences();
		logs.enable(LogType.BROWSER, Level.ALL);
		logs.enable(LogType.PERFORMANCE, Level.ALL);
		options.setCapability("goog:loggingPrefs", logs);
		ChromeDriverService service = new ChromeDriverService.Builder().usingDriverExecutable(chromedriver).build();
		return new Browser(new ChromeDriver(service, options), directory);
	}

	private static File onPath(String... names) {
		return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
			.flatMap((folder) -> Arrays.stream(names).map((name) -> new File(folder, name)))
			.filter(File::canExecute)
			.findFirst()
			.orElse(null);
	}

	ChromeDriver driver() {
		return this.driver;
	}

	/**
	 * Forget what earlier tests left behind.
	 */
	void reset() {
		this.driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", "", "features", List.of()));
		this.driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
		this.driver.executeCdpCommand("Emulation.setTouchEmulationEnabled", Map.of("enabled", false));
		resize(1280, 800);
		this.driver.get(write("<!DOCTYPE html><title>empty</title>"));
		this.driver.executeScript("localStorage.clear()");
		messages();
		requests();
	}

	void resize(int width, int height) {
		this.driver.manage().window().setSize(new Dimension(width, height));
	}

	void emulate(String feature, String value) {
		this.driver.executeCdpCommand("Emulation.setEmulatedMedia",
				Map.of("features", List.of(Map.of("name", feature, "value", value))));
	}

	/**
	 * Make the browser a phone of the given size.
	 */
	void emulatePhone(int width, int height) {
		this.driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
				Map.of("width", width, "height", height, "deviceScaleFactor", 2, "mobile", true));
		this.driver.executeCdpCommand("Emulation.setTouchEmulationEnabled", Map.of("enabled", true));
	}

	void open(TestProfile profile) {
		open(profile, FlameGraphPage.Theme.LIGHT);
	}

	void open(TestProfile profile, FlameGraphPage.Theme theme) {
		open(List.of(profile), theme);
	}

	void open(List<TestProfile> profiles, FlameGraphPage.Theme theme) {
		openPage(FlameGraphPage.render("sales-report", profiles.stream().map(TestProfile::json).toList(), theme));
	}

	void openPage(String html) {
		this.driver.get(write(html));
	}

	private String write(String html) {
		try {
			Path page = this.directory.resolve("page-" + this.pages++ + ".html");
			return Files.writeString(page, html).toUri().toString();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@SuppressWarnings("unchecked")
	Map<String, Object> state() {
		return (Map<String, Object>) this.driver.executeScript("return flameGraph.state()");
	}

	Object state(String name) {
		return state().get(name);
	}

	double number(String name) {
		return ((Number) state(name)).doubleValue();
	}

	/**
	 * Return what the graph draws, wide enough to be seen.
	 */
	@SuppressWarnings("unchecked")
	List<Rect> rects() {
		settle();
		List<Map<String, Object>> rects = (List<Map<String, Object>>) this.driver
			.executeScript("return flameGraph.rects(1)");
		return rects.stream().map(Rect::new).toList();
	}

	Rect rect(String label) {
		return rects().stream()
			.filter((rect) -> rect.label().equals(label))
			.findFirst()
			.orElseThrow(() -> new AssertionError("No box '" + label + "' among " + labels()));
	}

	List<String> labels() {
		return rects().stream().map(Rect::label).toList();
	}

	void click(Rect rect) {
		new Actions(this.driver).moveToLocation(rect.centerX(), rect.centerY()).click().perform();
	}

	void hover(Rect rect) {
		new Actions(this.driver).moveToLocation(rect.centerX(), rect.centerY()).perform();
	}

	void tap(Rect rect) {
		PointerInput finger = new PointerInput(PointerInput.Kind.TOUCH, "finger");
		this.driver.perform(List.of(new Sequence(finger, 0)
			.addAction(finger.createPointerMove(Duration.ZERO, PointerInput.Origin.viewport(), rect.centerX(),
					rect.centerY()))
			.addAction(finger.createPointerDown(PointerInput.MouseButton.LEFT.asArg()))
			.addAction(finger.createPointerUp(PointerInput.MouseButton.LEFT.asArg()))));
	}

	/**
	 * Type on the keyboard, wherever the focus is.
	 */
	void press(CharSequence... keys) {
		new Actions(this.driver).sendKeys(keys).perform();
	}

	/**
	 * Wait until the graph stands still.
	 */
	void settle() {
		new WebDriverWait(this.driver, Duration.ofSeconds(10)).until((driver) -> Boolean.FALSE.equals(state("moving")));
		this.driver.executeAsyncScript("const done = arguments[arguments.length - 1];"
				+ "requestAnimationFrame(() => requestAnimationFrame(() => done()))");
	}

	WebElement find(String selector) {
		return shadow().findElement(By.cssSelector(selector));
	}

	List<WebElement> findAll(String selector) {
		return shadow().findElements(By.cssSelector(selector));
	}

	private SearchContext shadow() {
		return this.driver.findElement(By.id("viewer")).getShadowRoot();
	}

	/**
	 * Return the text of an element as a person reads it: thin spaces are spaces.
	 */
	String text(String selector) {
		return readable((String) this.driver.executeScript("return arguments[0].textContent", find(selector)));
	}

	List<String> texts(String selector) {
		return findAll(selector).stream()
			.map((element) -> readable((String) this.driver.executeScript("return arguments[0].textContent", element)))
			.toList();
	}

	double contrast(String fill, String ink) {
		return ((Number) this.driver.executeScript("return (" + CONTRAST + ")(arguments[0], arguments[1])", fill, ink))
			.doubleValue();
	}

	static String readable(String text) {
		return text.replaceAll("[\u202f\u00a0]", " ").trim();
	}

	/**
	 * Return everything the browser complained about since the last call.
	 */
	List<String> messages() {
		return this.driver.manage().logs().get(LogType.BROWSER).getAll().stream().map(LogEntry::getMessage).toList();
	}

	/**
	 * Return every address the browser asked for since the last call.
	 */
	List<String> requests() {
		return this.driver.manage()
			.logs()
			.get(LogType.PERFORMANCE)
			.getAll()
			.stream()
			.map((entry) -> REQUESTED_URL.matcher(entry.getMessage()))
			.filter(Matcher::find)
			.map((matcher) -> matcher.group(1))
			.toList();
	}

	@Override
	public void close() {
		this.driver.quit();
	}

	/**
	 * A box as it is drawn.
	 */
	static final class Rect {

		private final Map<String, Object> values;

		private Rect(Map<String, Object> values) {
			this.values = values;
		}

		String label() {
			return readable((String) this.values.get("label"));
		}

		String kind() {
			return (String) this.values.get("kind");
		}

		Object category() {
			return this.values.get("category");
		}

		int node() {
			return (int) number("node");
		}

		int row() {
			return (int) number("row");
		}

		double x() {
			return number("x");
		}

		double y() {
			return number("y");
		}

		double width() {
			return number("width");
		}

		String fill() {
			return (String) this.values.get("fill");
		}

		String ink() {
			return (String) this.values.get("ink");
		}

		boolean is(String flag) {
			return Boolean.TRUE.equals(this.values.get(flag));
		}

		int centerX() {
			return (int) (x() + width() / 2);
		}

		int centerY() {
			return (int) (y() + number("height") / 2);
		}

		private double number(String name) {
			return ((Number) this.values.get(name)).doubleValue();
		}

		@Override
		public String toString() {
			return this.values.toString();
		}

	}

}
