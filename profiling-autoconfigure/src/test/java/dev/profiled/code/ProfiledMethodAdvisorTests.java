package dev.profiled.code;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.stereotype.Controller;

import dev.profiled.Profiled;
import dev.profiled.autoconfigure.ProfilingAutoConfiguration;
import dev.profiled.engine.FakeProfilerEngine;
import dev.profiled.profile.ProfileRepository;
import dev.profiled.request.ProfilingGate;
import dev.profiled.request.RequestProfiler;
import dev.profiled.request.RequestWindow;

import static org.assertj.core.api.Assertions.assertThat;

class ProfiledMethodAdvisorTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ProfilingAutoConfiguration.class, AopAutoConfiguration.class))
		.withBean(FakeProfilerEngine.class)
		.withBean(Jobs.class)
		.withBean(OrderController.class);

	@Test
	void annotatedMethodsAreListedBeforeTheyAreCalled() {
		this.runner.run((context) -> assertThat(context.getBean(ProfileRepository.class).summaries())
			.extracting((summary) -> summary.endpoint().name() + " " + summary.endpoint().handlers())
			.containsExactlyInAnyOrder("nightly [" + Jobs.class.getName() + ".nightly]",
					"ProfiledMethodAdvisorTests.Jobs.hourly [" + Jobs.class.getName() + ".hourly]"));
	}

	@Test
	void aCallHasAWindow() {
		this.runner.run((context) -> {
			context.getBean(ProfilingGate.class).set(ProfilingGate.State.OPEN);
			Jobs jobs = context.getBean(Jobs.class);
			assertThat(jobs.nightly(6)).isEqualTo(7);
			jobs.hourly();
			jobs.other();
			List<RequestWindow> windows = new ArrayList<>();
			context.getBean(RequestProfiler.class).drain(windows::add);
			assertThat(windows).extracting((window) -> window.endpoint().name())
				.containsExactly("nightly", "ProfiledMethodAdvisorTests.Jobs.hourly");
			assertThat(windows).extracting(RequestWindow::state).containsOnly(RequestWindow.State.CLOSED);
		});
	}

	@Test
	void handlersOfControllersAreNotProfiledTwice() {
		this.runner.run((context) -> assertThat(context.getBean(OrderController.class).getClass())
			.isEqualTo(OrderController.class));
	}

	@Test
	void aNameThatIsNotAllowedFailsAtStartUp() {
		this.runner.withBean(BadName.class)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidProfiledNameException.class)
				.hasMessageContaining("BadName.work"));
	}

	@Test
	void withoutAopBeansAreLeftAlone() {
		this.runner.withClassLoader(new FilteredClassLoader("org.aspectj"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ProfiledMethodAdvisor.class));
	}

	static class Jobs {

		@Profiled("nightly")
		int nightly(int number) {
			return number + 1;
		}

		@Profiled
		void hourly() {
		}

		void other() {
		}

	}

	static class BadName {

		@Profiled("a b")
		void work() {
		}

	}

	@Controller
	@Profiled("orders")
	static class OrderController {

		void list() {
		}

	}

}
