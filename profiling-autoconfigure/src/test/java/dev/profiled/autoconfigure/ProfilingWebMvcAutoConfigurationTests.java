package dev.profiled.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.web.servlet.DispatcherServletAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import dev.profiled.Profiled;
import dev.profiled.code.ProfiledMethods;
import dev.profiled.engine.EngineState;
import dev.profiled.engine.FakeProfilerEngine;
import dev.profiled.engine.ProfilerEngine;
import dev.profiled.profile.Endpoint;
import dev.profiled.profile.ProfileRepository;
import dev.profiled.profile.ProfileSummary;
import dev.profiled.request.ProfiledEndpoints;
import dev.profiled.request.RequestProfiler;
import dev.profiled.web.ProfiledHandlerRegistrar;
import dev.profiled.web.ProfiledHandlers;
import dev.profiled.web.ProfilingHandlerInterceptor;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class ProfilingWebMvcAutoConfigurationTests {

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(ProfilingAutoConfiguration.class, ProfilingWebMvcAutoConfiguration.class,
					WebMvcAutoConfiguration.class, DispatcherServletAutoConfiguration.class));

	private final WebApplicationContextRunner fakeRunner = this.runner.withUserConfiguration(Engine.class);

	@Test
	void whenNoHandlerIsProfiledThenNothingStarts() throws IOException {
		boolean loaded = isNativeLibraryLoaded();
		Set<Thread> threads = Thread.getAllStackTraces().keySet();
		this.runner.withUserConfiguration(PlainController.class).run((context) -> {
			assertThat(context).hasSingleBean(ProfilingHandlerInterceptor.class);
			assertThat(context.getBean(ProfilerEngine.class).status().state()).isEqualTo(EngineState.OFF);
			assertThat(isNativeLibraryLoaded()).isEqualTo(loaded);
			assertThat(Thread.getAllStackTraces().keySet()).filteredOn((thread) -> !threads.contains(thread))
				.noneMatch((thread) -> thread.getName().contains("profil"));
		});
	}

	private static boolean isNativeLibraryLoaded() throws IOException {
		Path maps = Path.of("/proc/self/maps");
		return Files.exists(maps) && Files.readString(maps).contains("asyncProfiler");
	}

	@Test
	void whenAHandlerIsProfiledThenItIsRegisteredAndTheProfilerStarts() {
		this.fakeRunner.withUserConfiguration(OrderController.class).run((context) -> {
			assertThat(context.getBean(FakeProfilerEngine.class).isStarted()).isTrue();
			assertThat(context.getBean(ProfileRepository.class).summaries()).extracting(ProfileSummary::endpoint)
				.containsExactly(new Endpoint("ProfilingWebMvcAutoConfigurationTests.OrderController.list",
						List.of(OrderController.class.getName() + ".list"), List.of("GET /orders", "GET /orders/all")),
						new Endpoint("orders", List.of(OrderController.class.getName() + ".order"),
								List.of("GET /orders/{id}")));
			assertThat(context.getBean(ProfiledEndpoints.class).all()).hasSize(2);
		});
	}

	@Test
	void theInterceptorIsTheOutermost() {
		this.fakeRunner.withUserConfiguration(OrderController.class, OtherInterceptor.class).run((context) -> {
			HandlerExecutionChain chain = context
				.getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
				.getHandler(new MockHttpServletRequest("GET", "/orders"));
			assertThat(chain).isNotNull();
			assertThat(chain.getInterceptorList()).hasSizeGreaterThan(1);
			assertThat(chain.getInterceptorList().get(0)).isInstanceOf(ProfilingHandlerInterceptor.class);
		});
	}

	@Test
	void whenSpringMvcIsMissingThenTheApplicationStarts() {
		this.fakeRunner.withClassLoader(new FilteredClassLoader(DispatcherServlet.class.getPackageName()))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(ProfilerEngine.class)
				.doesNotHaveBean(ProfilingHandlerInterceptor.class));
	}

	@Test
	void whenDisabledThenThereIsNoInterceptor() {
		this.fakeRunner.withPropertyValues("profiling.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(ProfilingHandlerInterceptor.class)
				.doesNotHaveBean("profilingWebMvcConfigurer"));
	}

	@Test
	void whenTheApplicationHasItsOwnBeansThenThoseAreUsed() {
		this.fakeRunner.withUserConfiguration(OwnBeans.class)
			.run((context) -> assertThat(context).hasSingleBean(ProfilingHandlerInterceptor.class)
				.hasSingleBean(ProfiledHandlers.class)
				.hasSingleBean(ProfiledHandlerRegistrar.class)
				.hasBean("ownInterceptor")
				.hasBean("ownHandlers")
				.hasBean("ownRegistrar"));
	}

	@Test
	void whenBeansAreLazyThenHandlersAreRegisteredAllTheSame() {
		this.fakeRunner.withUserConfiguration(OrderController.class)
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.run((context) -> assertThat(context.getBean(ProfiledEndpoints.class).all()).hasSize(2));
	}

	@Test
	void whenThereIsNoRoomThenFurtherEndpointsAreCountedAndOneWarningIsLogged(CapturedOutput output) {
		this.fakeRunner.withUserConfiguration(OrderController.class, MoreController.class)
			.withPropertyValues("profiling.max-endpoints=1")
			.run((context) -> {
				assertThat(context.getBean(ProfiledEndpoints.class).all()).hasSize(1);
				assertThat(context.getBean(ProfiledEndpoints.class).refused()).isEqualTo(2);
				assertThat(output.getOut().lines().filter((line) -> line.contains("profiling.max-endpoints")))
					.hasSize(1)
					.first()
					.asString()
					.contains("WARN");
			});
	}

	@Test
	void whenANameIsNotAllowedThenTheFailureAnalysisSaysWhichAndWhatIs() {
		this.fakeRunner.withUserConfiguration(BadNameController.class).run((context) -> {
			assertThat(context).hasFailed();
			FailureAnalysis analysis = new InvalidProfiledNameFailureAnalyzer().analyze(context.getStartupFailure());
			assertThat(analysis).isNotNull();
			assertThat(analysis.getDescription()).contains("'sales report/2026'")
				.contains("@Profiled on method " + BadNameController.class.getName() + ".sales");
			assertThat(analysis.getAction()).contains("100")
				.contains("'sales_report_2026'")
				.contains("'ProfilingWebMvcAutoConfigurationTests.BadNameController.sales'");
		});
	}

	@Configuration(proxyBeanMethods = false)
	static class Engine {

		@Bean
		FakeProfilerEngine engine() {
			return new FakeProfilerEngine();
		}

	}

	@RestController
	static class PlainController {

		@GetMapping("/plain")
		String plain() {
			return "plain";
		}

	}

	@RestController
	@Profiled
	static class OrderController {

		@GetMapping({ "/orders", "/orders/all" })
		String list() {
			return "orders";
		}

		@GetMapping("/orders/{id}")
		@Profiled("orders")
		String order() {
			return "order";
		}

	}

	@RestController
	static class MoreController {

		@GetMapping("/more")
		@Profiled
		String more() {
			return "more";
		}

	}

	@RestController
	static class BadNameController {

		@GetMapping("/sales")
		@Profiled("sales report/2026")
		String sales() {
			return "sales";
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OtherInterceptor {

		@Bean
		WebMvcConfigurer otherInterceptor() {
			return new WebMvcConfigurer() {

				@Override
				public void addInterceptors(InterceptorRegistry registry) {
					registry.addInterceptor(new HandlerInterceptor() {
					}).order(Ordered.HIGHEST_PRECEDENCE);
				}

			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(OrderController.class)
	static class OwnBeans {

		@Bean
		ProfiledHandlers ownHandlers(ProfiledMethods methods) {
			return new ProfiledHandlers(methods);
		}

		@Bean
		ProfiledHandlerRegistrar ownRegistrar(ProfiledHandlers handlers,
				ObjectProvider<RequestMappingInfoHandlerMapping> mappings) {
			return new ProfiledHandlerRegistrar(handlers, mappings);
		}

		@Bean
		ProfilingHandlerInterceptor ownInterceptor(ProfiledHandlers handlers, RequestProfiler profiler) {
			return new ProfilingHandlerInterceptor(handlers, profiler);
		}

	}

}
