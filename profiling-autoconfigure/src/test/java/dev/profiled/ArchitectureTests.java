package dev.profiled;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClass.Predicates;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The house rules of {@code docs/architecture.md}.
 */
class ArchitectureTests {

	private static final String ROOT = "dev.profiled";

	/**
	 * Each package with those of ours that it may use, beside itself and the root.
	 */
	private static final Map<String, Set<String>> ARROWS = Map.ofEntries(Map.entry("profile", Set.of()),
			Map.entry("request", Set.of()), Map.entry("attribution", Set.of("request", "profile")),
			Map.entry("jfr", Set.of("attribution", "profile")),
			Map.entry("engine", Set.of("jfr", "attribution", "request", "profile")),
			Map.entry("render", Set.of("profile")), Map.entry("code", Set.of("request", "engine", "profile", "render")),
			Map.entry("web", Set.of("code", "request")),
			Map.entry("actuate", Set.of("engine", "request", "profile", "render")),
			Map.entry("metrics", Set.of("engine", "request", "profile")), Map.entry("autoconfigure", Set.of("actuate",
					"attribution", "code", "engine", "jfr", "metrics", "profile", "render", "request", "web")));

	private static final Set<String> WITHOUT_SPRING = Set.of("profile", "request", "attribution", "jfr", "engine",
			"render");

	private static JavaClasses library;

	@BeforeAll
	static void importLibrary() {
		library = new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages(ROOT);
	}

	@Test
	void everyPackageHasItsArrows() {
		Set<String> packages = library.stream()
			.map(JavaClass::getPackageName)
			.filter((name) -> !name.equals(ROOT))
			.map((name) -> name.substring(ROOT.length() + 1))
			.collect(Collectors.toSet());
		assertThat(packages).isEqualTo(ARROWS.keySet());
	}

	@Test
	void arrowsPointOneWay() {
		ARROWS.forEach((from,
				to) -> check(ArchRuleDefinition.noClasses()
					.that(Predicates.resideInAPackage(packageOf(from)))
					.should()
					.dependOnClassesThat(Predicates.resideInAPackage(ROOT + "..")
						.and(DescribedPredicate.not(Predicates
							.resideInAnyPackage(to.stream().map(ArchitectureTests::packageOf).toArray(String[]::new))
							.or(Predicates.resideInAnyPackage(ROOT, packageOf(from))))))
					.as(from + " uses only " + to)));
	}

	@Test
	void nothingGoesRoundInCircles() {
		check(SlicesRuleDefinition.slices().matching(ROOT + ".(*)..").should().beFreeOfCycles());
	}

	@Test
	void coreKnowsNoFramework() {
		check(ArchRuleDefinition.noClasses()
			.that(Predicates
				.resideInAnyPackage(WITHOUT_SPRING.stream().map(ArchitectureTests::packageOf).toArray(String[]::new)))
			.should()
			.dependOnClassesThat(Predicates.resideInAnyPackage("org.springframework..", "io.micrometer..", "jakarta..",
					"com.fasterxml.jackson..", "tools.jackson..")));
	}

	@Test
	void jacksonIsNeverUsed() {
		check(ArchRuleDefinition.noClasses()
			.should()
			.dependOnClassesThat(Predicates.resideInAnyPackage("com.fasterxml.jackson..", "tools.jackson..")));
	}

	@Test
	void onlyTheEngineUsesTheNativeProfiler() {
		check(ArchRuleDefinition.noClasses()
			.that(DescribedPredicate.not(Predicates.resideInAPackage(packageOf("engine"))))
			.should()
			.dependOnClassesThat(Predicates.resideInAPackage("one.profiler..")));
	}

	@Test
	void onlyTheReaderKnowsTheFormatOfRecordings() {
		check(ArchRuleDefinition.noClasses()
			.that(DescribedPredicate.not(Predicates.resideInAPackage(packageOf("jfr"))))
			.should()
			.dependOnClassesThat(
					Predicates.resideInAnyPackage("one.jfr..", "one.convert..", "one.proto..", "one.heatmap..")));
	}

	@Test
	void autoConfigurationsArePublicAndFinalAndTheirBeansAreNot() {
		check(ArchRuleDefinition.classes()
			.that()
			.areAnnotatedWith(AutoConfiguration.class)
			.should()
			.bePublic()
			.andShould()
			.haveModifier(JavaModifier.FINAL)
			.andShould()
			.haveSimpleNameEndingWith("AutoConfiguration"));
		check(ArchRuleDefinition.methods().that().areAnnotatedWith(Bean.class).should().bePackagePrivate());
	}

	private static String packageOf(String name) {
		return ROOT + "." + name;
	}

	private static void check(ArchRule rule) {
		rule.check(library);
	}

}
