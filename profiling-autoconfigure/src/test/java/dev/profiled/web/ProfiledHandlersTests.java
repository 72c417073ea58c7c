package dev.profiled.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.annotation.AliasFor;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.util.ClassUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;

import dev.profiled.Profiled;
import dev.profiled.code.InvalidProfiledNameException;
import dev.profiled.code.ProfiledMethods;
import dev.profiled.engine.FakeProfilerEngine;
import dev.profiled.profile.Endpoint;
import dev.profiled.profile.InMemoryProfileRepository;
import dev.profiled.profile.ProfileSummary;
import dev.profiled.request.ProfiledEndpoint;
import dev.profiled.request.ProfiledEndpoints;
import dev.profiled.request.ProfilingGate;
import dev.profiled.request.ProfilingSlots;
import dev.profiled.request.RequestProfiler;
import dev.profiled.request.RequestWindow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ExtendWith(OutputCaptureExtension.class)
class ProfiledHandlersTests {

	private final InMemoryProfileRepository repository = new InMemoryProfileRepository(3, 100, 100);

	private final ProfiledEndpoints endpoints = new ProfiledEndpoints();

	private final FakeProfilerEngine engine = new FakeProfilerEngine();

	private final ProfiledHandlers handlers = new ProfiledHandlers(
			new ProfiledMethods(this.repository, this.endpoints, this.engine));

	private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/orders/7");

	@Test
	void whenThereIsNoAnnotationThenTheHandlerIsNotProfiled() {
		assertThat(nameOf(new Plain(), "list")).isNull();
		assertThat(this.engine.isStarted()).isFalse();
	}

	@Test
	void whenTheMethodIsAnnotatedThenOthersOfItsClassAreNotProfiled() {
		assertThat(nameOf(new OnMethod(), "list")).isEqualTo("orders");
		assertThat(nameOf(new OnMethod(), "other")).isNull();
		assertThat(this.engine.isStarted()).isTrue();
	}

	@Test
	void whenTheClassIsAnnotatedThenAllItsMethodsAreProfiledByTheirOwnName() {
		assertThat(nameOf(new OnClass(), "list")).isEqualTo("ProfiledHandlersTests.OnClass.list");
		assertThat(nameOf(new OnClass(), "other")).isEqualTo("ProfiledHandlersTests.OnClass.other");
	}

	@Test
	void whenBothAreAnnotatedThenTheMethodWins() {
		assertThat(nameOf(new OnBoth(), "list")).isEqualTo("from-method");
		assertThat(nameOf(new OnBoth(), "other")).isEqualTo("from-class");
	}

	@Test
	void whenAnAnnotationIsAnnotatedThenThatIsFound() {
		assertThat(nameOf(new Meta(), "list")).isEqualTo("slow-list");
	}

	@Test
	void whenAnInterfaceIsAnnotatedThenThatIsFound() {
		assertThat(nameOf(new OfInterface(), "list", String.class)).isEqualTo("interface-method");
		assertThat(nameOf(new OfInterface(), "other")).isEqualTo("interface");
	}

	@Test
	void whenASuperclassIsAnnotatedThenThatIsFoundUnderTheNameOfTheClass() {
		assertThat(nameOf(new OfSuperclass(), "list")).isEqualTo("ProfiledHandlersTests.OfSuperclass.list");
		assertThat(nameOf(new OfSuperclass(), "other")).isEqualTo("from-superclass");
	}

	@Test
	void whenTheControllerIsSubclassedByAProxyThenItsAnnotationIsFound() {
		ProxyFactory factory = new ProxyFactory(new OnClass());
		factory.setProxyTargetClass(true);
		assertThat(nameOf(factory.getProxy(), "list")).isEqualTo("ProfiledHandlersTests.OnClass.list");
	}

	@Test
	void whenTheControllerIsBehindAJdkProxyThenItsAnnotationIsFound() throws Exception {
		Object proxy = new ProxyFactory(new BehindProxy()).getProxy();
		Method method = Orders.class.getDeclaredMethod("list");
		ProfiledEndpoint endpoint = this.handlers.resolve(new HandlerMethod(proxy, method), this.request);
		assertThat(endpoint).isNotNull();
		assertThat(endpoint.name()).isEqualTo("ProfiledHandlersTests.BehindProxy.list");
	}

	@Test
	void whenTheJdkProxyIsGivenByItsNameThenItIsTheSameHandler() throws Exception {
		Object proxy = new ProxyFactory(new BehindProxy()).getProxy();
		Method method = Orders.class.getDeclaredMethod("list");
		HandlerMethod byName = new HandlerMethod("controller",
				new StaticListableBeanFactory(Map.of("controller", proxy)), method);
		this.handlers.register(byName, List.of("GET /orders"));
		assertThat(this.handlers.resolve(new HandlerMethod(proxy, method), this.request))
			.isSameAs(this.endpoints.find("ProfiledHandlersTests.BehindProxy.list"));
		assertThat(this.repository.summaries()).hasSize(1);
	}

	@Test
	void neitherEqualsNorHashCodeOfTheControllerIsCalled() {
		Unfriendly controller = new Unfriendly();
		assertThat(nameOf(controller, "list")).isEqualTo("unfriendly");
		assertThat(nameOf(controller, "list")).isEqualTo("unfriendly");
	}

	@Test
	void whenHandlersShareANameThenTheyShareAnEndpoint() {
		this.handlers.register(handler(new OnBoth(), "other"), List.of("GET /a"));
		this.handlers.register(handler(new SameName(), "list"), List.of("GET /b", "POST /b"));
		assertThat(this.repository.summaries()).extracting(ProfileSummary::endpoint)
			.containsExactly(new Endpoint("from-class",
					List.of(OnBoth.class.getName() + ".other", SameName.class.getName() + ".list"),
					List.of("GET /a", "GET /b", "POST /b")));
		assertThat(this.handlers.resolve(handler(new OnBoth(), "other"), this.request))
			.isSameAs(this.handlers.resolve(handler(new SameName(), "list"), this.request));
	}

	@Test
	void whenAHandlerIsAddedLaterThenItIsRegisteredByItsFirstRequest() {
		this.request.setAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, "/orders/{id}");
		assertThat(nameOf(new OnMethod(), "list")).isEqualTo("orders");
		assertThat(this.repository.summaries()).extracting(ProfileSummary::endpoint)
			.containsExactly(
					new Endpoint("orders", List.of(OnMethod.class.getName() + ".list"), List.of("GET /orders/{id}")));
	}

	@Test
	void windowsHaveTheGenerationOfTheProfile() {
		this.handlers.register(handler(new OnMethod(), "list"), List.of());
		this.repository.reset("orders");
		RequestProfiler profiler = new RequestProfiler(new ProfilingGate(), new ProfilingSlots(1, this.endpoints));
		profiler.gate().set(ProfilingGate.State.OPEN);
		RequestWindow window = profiler.open(this.endpoints.find("orders"), false);
		assertThat(window.generation()).isEqualTo(1);
		profiler.close(window);
	}

	@Test
	void whenThereIsNoRoomThenTheHandlerIsNotProfiledAndCounted(CapturedOutput output) {
		assertThat(nameOf(new OnClass(), "list")).isNotNull();
		assertThat(nameOf(new OnClass(), "other")).isNotNull();
		assertThat(nameOf(new OnBoth(), "list")).isNotNull();
		assertThat(nameOf(new OnBoth(), "other")).isNull();
		assertThat(nameOf(new SameName(), "list")).isNull();
		assertThat(nameOf(new Meta(), "list")).isNull();
		assertThat(this.endpoints.refused()).isEqualTo(2);
		assertThat(this.endpoints.all()).hasSize(3);
		assertThat(output.getOut().lines().filter((line) -> line.contains("profiling.max-endpoints"))).hasSize(1);
	}

	@Test
	void whenANameIsNotAllowedThenRegistrationFails() {
		assertThatExceptionOfType(InvalidProfiledNameException.class)
			.isThrownBy(() -> this.handlers.register(handler(new BadName(), "list"), List.of()))
			.satisfies((ex) -> {
				assertThat(ex.getName()).isEqualTo("../etc");
				assertThat(ex.getAnnotation()).isEqualTo("@Profiled on method " + BadName.class.getName() + ".list");
				assertThat(ex.getSuggestion()).isEqualTo("x.._etc");
				assertThat(ex.getDefaultName()).isEqualTo("ProfiledHandlersTests.BadName.list");
			});
		assertThatExceptionOfType(InvalidProfiledNameException.class)
			.isThrownBy(() -> this.handlers.register(handler(new BadMeta(), "list"), List.of()))
			.satisfies((ex) -> assertThat(ex.getAnnotation())
				.isEqualTo("@Slow (a @Profiled) on class " + BadMeta.class.getName()));
	}

	@Test
	void whenANameOfALateHandlerIsNotAllowedThenItIsNotProfiledAndOneWarningIsLogged(CapturedOutput output) {
		assertThat(nameOf(new BadName(), "list")).isNull();
		assertThat(nameOf(new BadMeta(), "list")).isNull();
		assertThat(output.getOut().lines().filter((line) -> line.contains("is not profiled"))).hasSize(1);
	}

	private String nameOf(Object controller, String method, Class<?>... parameters) {
		ProfiledEndpoint endpoint = this.handlers.resolve(handler(controller, method, parameters), this.request);
		return (endpoint != null) ? endpoint.name() : null;
	}

	private static HandlerMethod handler(Object controller, String method, Class<?>... parameters) {
		return new HandlerMethod(controller, ClassUtils.getMethod(controller.getClass(), method, parameters));
	}

	public static class Plain {

		public void list() {
		}

	}

	public static class OnMethod {

		@Profiled("orders")
		public void list() {
		}

		public void other() {
		}

	}

	@Profiled
	public static class OnClass {

		public void list() {
		}

		public void other() {
		}

	}

	@Profiled("from-class")
	public static class OnBoth {

		@Profiled("from-method")
		public void list() {
		}

		public void other() {
		}

	}

	@Profiled("from-class")
	public static class SameName {

		public void list() {
		}

	}

	@Target({ ElementType.METHOD, ElementType.TYPE })
	@Retention(RetentionPolicy.RUNTIME)
	@Profiled
	@interface Slow {

		@AliasFor(annotation = Profiled.class, attribute = "value")
		String name();

	}

	public static class Meta {

		@Slow(name = "slow-list")
		public void list() {
		}

	}

	@Slow(name = "not allowed")
	public static class BadMeta {

		public void list() {
		}

	}

	public static class BadName {

		@Profiled("../etc")
		public void list() {
		}

	}

	@Profiled("interface")
	interface Annotated<T> {

		@Profiled("interface-method")
		void list(T filter);

	}

	public static class OfInterface implements Annotated<String> {

		@Override
		public void list(String filter) {
		}

		public void other() {
		}

	}

	@Profiled("from-superclass")
	public static class Base {

		@Profiled
		public void list() {
		}

	}

	public static class OfSuperclass extends Base {

		@Override
		public void list() {
		}

		public void other() {
		}

	}

	interface Orders {

		void list();

	}

	@Profiled
	public static class BehindProxy implements Orders {

		@Override
		public void list() {
		}

	}

	@Profiled("unfriendly")
	public static class Unfriendly {

		public void list() {
		}

		@Override
		public boolean equals(Object obj) {
			throw new IllegalStateException("not to be called");
		}

		@Override
		public int hashCode() {
			throw new IllegalStateException("not to be called");
		}

	}

}
