package dev.profiled.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;
import org.springframework.util.unit.DataSize;

import dev.profiled.Documentation;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the jar says of itself: to the editor of a configuration file, and to Spring Boot.
 */
class MetadataTests {

	/**
	 * What the README says instead of a default.
	 */
	private static final Map<String, String> WITHOUT_DEFAULT = Map.of("profiling.directory",
			"private, in java.io.tmpdir", "profiling.wall.rules", "none");

	@Test
	void everyPropertyIsDescribedByTheRules() throws IOException {
		List<JsonNode> properties = properties("META-INF/spring-configuration-metadata.json");
		assertThat(properties).hasSizeGreaterThan(5).allSatisfy((property) -> {
			String description = property.path("description").asText();
			assertThat(description).as(property.path("name").asText())
				.isNotBlank()
				.endsWith(".")
				.doesNotStartWith("The ")
				.doesNotStartWith("A ")
				.doesNotContain("\n");
			if (property.path("type").asText().equals("java.lang.Boolean")) {
				assertThat(description).startsWith("Whether ");
			}
		});
	}

	@Test
	void everyPropertyHasADefaultUnlessItHasNone() throws IOException {
		assertThat(properties("META-INF/spring-configuration-metadata.json"))
			.filteredOn((property) -> !property.has("defaultValue"))
			.extracting((property) -> property.path("name").asText())
			.containsExactlyInAnyOrderElementsOf(WITHOUT_DEFAULT.keySet());
	}

	@Test
	void everyPropertyIsThere() throws IOException {
		assertThat(properties("META-INF/spring-configuration-metadata.json"))
			.extracting((property) -> property.path("name").asText())
			.filteredOn((name) -> name.startsWith("profiling."))
			.containsExactlyInAnyOrder("profiling.enabled", "profiling.max-concurrent-requests",
					"profiling.cpu.interval", "profiling.cpu.perf-events", "profiling.alloc.interval",
					"profiling.lock.interval", "profiling.harvest-interval", "profiling.idle-timeout",
					"profiling.directory", "profiling.max-endpoints", "profiling.max-stacks",
					"profiling.max-stack-depth", "profiling.wall.interval", "profiling.wall.budget",
					"profiling.wall.rules", "profiling.measure-cost");
	}

	@Test
	void everyPropertyIsInTheReadmeWithItsDefault() throws IOException {
		Map<String, Object> defaults = new TreeMap<>();
		properties("META-INF/spring-configuration-metadata.json")
			.forEach((property) -> defaults.put(property.path("name").asText(),
					value(property.path("defaultValue").asText(WITHOUT_DEFAULT.get(property.path("name").asText())))));
		Map<String, Object> documented = new TreeMap<>();
		Documentation.rows("README.md", "profiling.")
			.forEach((name, cells) -> documented.put(name, value(cells.get(0))));
		assertThat(documented).isEqualTo(defaults);
	}

	@Test
	void additionalPropertiesAreSorted() throws IOException {
		List<String> names = properties("META-INF/additional-spring-configuration-metadata.json").stream()
			.map((property) -> property.path("name").asText())
			.toList();
		assertThat(names).isNotEmpty().isSorted().doesNotHaveDuplicates();
	}

	@Test
	void everyAutoConfigurationIsImportedInOrder() throws Exception {
		List<String> imports = ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader())
			.getCandidates()
			.stream()
			.filter((name) -> name.startsWith("dev.profiled."))
			.toList();
		assertThat(imports).isSorted()
			.doesNotHaveDuplicates()
			.allSatisfy((name) -> assertThat(Class.forName(name)).hasAnnotation(AutoConfiguration.class));
		assertThat(imports).containsExactlyElementsOf(annotatedClasses());
	}

	@Test
	void everyFailureAnalyzerIsRegistered() {
		assertThat(SpringFactoriesLoader.forDefaultResourceLocation()
			.load(FailureAnalyzer.class, FailureHandler.logging(LogFactory.getLog(getClass()))))
			.hasAtLeastOneElementOfType(InvalidProfiledNameFailureAnalyzer.class);
	}

	// A duration may be written in several ways.
	private static Object value(String text) {
		if (text.matches("\\d+[KMG]?B")) {
			return DataSize.parse(text);
		}
		return text.matches("\\d+[a-z]+") ? DurationStyle.SIMPLE.parse(text) : text;
	}

	private static TreeSet<String> annotatedClasses() {
		TreeSet<String> names = new TreeSet<>();
		new ClassFileImporter().importPackages("dev.profiled")
			.stream()
			.filter((type) -> type.isAnnotatedWith(AutoConfiguration.class))
			.forEach((type) -> names.add(type.getName()));
		return names;
	}

	private static List<JsonNode> properties(String path) throws IOException {
		try (InputStream content = new ClassPathResource(path).getInputStream()) {
			JsonNode metadata = new ObjectMapper().readTree(content);
			return metadata.path("properties")
				.valueStream()
				// not ours: written by Spring Boot's processor for an endpoint
				.filter((property) -> !property.path("name").asText().startsWith("management."))
				.toList();
		}
	}

}
