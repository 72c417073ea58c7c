package dev.profiled.benchmarks.app;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import one.profiler.AsyncProfiler;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;

/**
 * The application that is measured. All arms have the same class path and the same
 * dependencies; the starter's auto-configurations are left out where it is not to be.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class BenchmarkApplication {

	public static SpringApplication create(Arm arm) {
		if (arm.hasOnlyLibrary()) {
			AsyncProfiler.getInstance();
		}
		SpringApplication application = new SpringApplication(components(arm).toArray(Class<?>[]::new));
		application.setDefaultProperties(properties(arm));
		return application;
	}

	private static List<Class<?>> components(Arm arm) {
		return switch (arm) {
			case BARE, CONTROL, LOADED, UNANNOTATED -> List.of(BenchmarkApplication.class, PlainHandlers.class);
			case COUNTED -> List.of(BenchmarkApplication.class, PlainHandlers.class, RequestCounter.class);
			case ARMED -> List.of(BenchmarkApplication.class, PlainHandlers.class, NeverCalled.class);
			case ANNOTATED, ONE_PLACE ->
				List.of(BenchmarkApplication.class, AnnotatedHandlers.class, UnprofiledHandlers.class);
			case START_STOP -> List.of(BenchmarkApplication.class, PlainHandlers.class, StartStopFilter.class);
		};
	}

	private static Map<String, Object> properties(Arm arm) {
		Map<String, Object> properties = new LinkedHashMap<>();
		properties.put("spring.main.banner-mode", "off");
		properties.put("logging.level.root", "warn");
		properties.put("profiling.max-concurrent-requests", arm.places());
		properties.put("profiling.idle-timeout", "1h");
		if (!arm.hasStarter()) {
			properties.put("spring.autoconfigure.exclude", autoConfigurations());
		}
		return properties;
	}

	private static String autoConfigurations() {
		ImportCandidates candidates = ImportCandidates.load(AutoConfiguration.class,
				BenchmarkApplication.class.getClassLoader());
		return StreamSupport.stream(candidates.spliterator(), false)
			.filter((name) -> name.startsWith("dev.profiled."))
			.collect(Collectors.joining(","));
	}

}
