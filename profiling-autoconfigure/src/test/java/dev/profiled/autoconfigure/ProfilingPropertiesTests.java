package dev.profiled.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

import dev.profiled.profile.TimeCategory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

@ExtendWith(OutputCaptureExtension.class)
class ProfilingPropertiesTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ProfilingAutoConfiguration.class));

	@Test
	void whenNothingIsSetThenTheDefaultsHold() {
		this.runner.run((context) -> {
			ProfilingProperties properties = context.getBean(ProfilingProperties.class);
			assertThat(properties.getMaxConcurrentRequests()).isEqualTo(1);
			assertThat(properties.getCpu().getInterval()).isEqualTo(Duration.ofNanos(19_236_000));
			assertThat(properties.getCpu().isPerfEvents()).isFalse();
			assertThat(properties.getAlloc().getInterval()).isEqualTo(DataSize.ofMegabytes(32));
			assertThat(properties.getLock().getInterval()).isEqualTo(Duration.ofNanos(9_973_000));
			assertThat(properties.getHarvestInterval()).isEqualTo(Duration.ofSeconds(5));
			assertThat(properties.getIdleTimeout()).isEqualTo(Duration.ofMinutes(5));
			assertThat(properties.getDirectory()).isNull();
			assertThat(properties.getMaxEndpoints()).isEqualTo(200);
			assertThat(properties.getMaxStacks()).isEqualTo(20_000);
			assertThat(properties.getMaxStackDepth()).isEqualTo(512);
		});
	}

	@Test
	void whenAllAreSetThenTheyAreBound() {
		this.runner
			.withPropertyValues("profiling.max-concurrent-requests=4", "profiling.cpu.interval=5ms",
					"profiling.cpu.perf-events=true", "profiling.alloc.interval=64KB", "profiling.lock.interval=100us",
					"profiling.harvest-interval=1s", "profiling.idle-timeout=10s", "profiling.directory=/tmp/profiles",
					"profiling.max-endpoints=3", "profiling.max-stacks=100", "profiling.max-stack-depth=64")
			.run((context) -> {
				ProfilingProperties properties = context.getBean(ProfilingProperties.class);
				assertThat(properties.getMaxConcurrentRequests()).isEqualTo(4);
				assertThat(properties.getCpu().getInterval()).isEqualTo(Duration.ofMillis(5));
				assertThat(properties.getCpu().isPerfEvents()).isTrue();
				assertThat(properties.getAlloc().getInterval()).isEqualTo(DataSize.ofKilobytes(64));
				assertThat(properties.getLock().getInterval()).isEqualTo(Duration.ofNanos(100_000));
				assertThat(properties.getHarvestInterval()).isEqualTo(Duration.ofSeconds(1));
				assertThat(properties.getIdleTimeout()).isEqualTo(Duration.ofSeconds(10));
				assertThat(properties.getDirectory()).isEqualTo(Path.of("/tmp/profiles"));
				assertThat(properties.getMaxEndpoints()).isEqualTo(3);
				assertThat(properties.getMaxStacks()).isEqualTo(100);
				assertThat(properties.getMaxStackDepth()).isEqualTo(64);
			});
	}

	@Test
	void allocationsAndLocksCanBeSwitchedOff() {
		this.runner.withPropertyValues("profiling.alloc.interval=0", "profiling.lock.interval=0").run((context) -> {
			ProfilingProperties properties = context.getBean(ProfilingProperties.class);
			assertThat(properties.getAlloc().getInterval()).isEqualTo(DataSize.ofBytes(0));
			assertThat(properties.getLock().getInterval()).isZero();
		});
	}

	@ParameterizedTest
	@CsvSource({ "alloc.interval,1023B,1KB,1GB", "alloc.interval,-1B,1KB,1GB", "alloc.interval,1025MB,1KB,1GB",
			"lock.interval,9us,10us,1s", "lock.interval,-1ms,10us,1s", "lock.interval,1001ms,10us,1s" })
	void whenAnIntervalThatCanBeSwitchedOffIsOutOfRangeThenTheFailureAnalysisSaysSo(String property, String value,
			String min, String max, CapturedOutput output) {
		assertThatException().isThrownBy(() -> run(property, value));
		assertThat(output)
			.contains("Invalid value '" + value + "' for configuration property 'profiling." + property + "'")
			.contains("It must be from " + min + " to " + max + ", or 0 to switch it off.");
	}

	@ParameterizedTest
	@CsvSource({ "max-concurrent-requests,0,1,10000", "max-concurrent-requests,10001,1,10000",
			"cpu.interval,99us,100us,1s", "cpu.interval,1001ms,100us,1s", "harvest-interval,999ms,1s,1m",
			"harvest-interval,61s,1s,1m", "idle-timeout,0s,1s,1d", "idle-timeout,25h,1s,1d", "max-endpoints,0,1,10000",
			"max-endpoints,-1,1,10000", "max-stacks,0,1,1000000", "max-stack-depth,7,8,2048",
			"max-stack-depth,2049,8,2048" })
	void whenAValueIsOutOfRangeThenTheFailureAnalysisSaysSo(String property, String value, String min, String max,
			CapturedOutput output) {
		assertThatException().isThrownBy(() -> run(property, value));
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("Invalid value '" + value + "' for configuration property 'profiling." + property + "'")
			.contains("It must be from " + min + " to " + max + ".");
	}

	@Test
	void ownRulesOfWaitsAreBound() {
		this.runner
			.withPropertyValues("profiling.wall.rules.pool=com.acme.Gate.pass,com.acme.Gate$*.*",
					"profiling.wall.rules.socket[0]=com.acme.Client.*")
			.run((context) -> {
				ProfilingProperties properties = context.getBean(ProfilingProperties.class);
				assertThat(classify(properties, "com.acme.Gate$Inner", "pass")).isEqualTo(TimeCategory.POOL);
				assertThat(classify(properties, "com.acme.Client", "call")).isEqualTo(TimeCategory.SOCKET);
				assertThat(classify(properties, "com.acme.Other", "call")).isEqualTo(TimeCategory.OTHER);
			});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			pool          | pass               | 'pass' is no pattern of methods
			pool          | com.acme.Gate.pass() | 'com.acme.Gate.pass()' is no pattern of methods
			file[0]       | com.acme.Gate pass | 'com.acme.Gate pass' is no pattern of methods
			cpu           | com.acme.Gate.pass | must be one of lock, pool, socket, file, sleep, other.
			network[0]    | com.acme.Gate.pass | must be one of lock, pool, socket, file, sleep, other.
			""")
	void whenARuleOfWaitsIsNotAllowedThenTheFailureAnalysisSaysSo(String rule, String value, String reason,
			CapturedOutput output) {
		SpringApplication application = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties("profiling.wall.rules." + rule + "=" + value)
			.build();
		assertThatException().isThrownBy(application::run);
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("Invalid value '" + value + "' for configuration property 'profiling.wall.rules." + rule + "'")
			.contains(reason);
	}

	private static TimeCategory classify(ProfilingProperties properties, String className, String methodName) {
		return properties.waitRules()
			.classify(Thread.State.WAITING,
					new StackTraceElement[] { new StackTraceElement(className, methodName, null, -1) });
	}

	private static void run(String property, String value) {
		new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties("profiling." + property + "=" + value)
			.run();
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(ProfilingAutoConfiguration.class)
	static class Application {

	}

}
