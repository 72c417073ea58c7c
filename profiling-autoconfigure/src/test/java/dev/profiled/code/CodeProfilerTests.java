package dev.profiled.code;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.profiled.engine.FakeProfilerEngine;
import dev.profiled.profile.Endpoint;
import dev.profiled.profile.InMemoryProfileRepository;
import dev.profiled.profile.ProfileRepository;
import dev.profiled.request.ProfiledEndpoint;
import dev.profiled.request.ProfiledEndpoints;
import dev.profiled.request.ProfilingGate;
import dev.profiled.request.ProfilingSlots;
import dev.profiled.request.RequestProfiler;
import dev.profiled.request.RequestWindow;
import dev.profiled.request.SkipReason;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

class CodeProfilerTests {

	private final ProfiledEndpoints endpoints = new ProfiledEndpoints();

	private final ProfilingGate gate = new ProfilingGate();

	private final FakeProfilerEngine engine = new FakeProfilerEngine();

	private final RequestProfiler requests = new RequestProfiler(this.gate, new ProfilingSlots(1, this.endpoints));

	private final CodeProfiler profiler = profiler(new InMemoryProfileRepository(3, 100, 100));

	@BeforeEach
	void open() {
		this.gate.set(ProfilingGate.State.OPEN);
	}

	@Test
	void theFirstNameStartsTheProfiler() {
		assertThat(this.engine.isStarted()).isFalse();
		this.profiler.run("import", () -> {
		});
		assertThat(this.engine.isStarted()).isTrue();
	}

	@Test
	void codeHasAWindowWhileItRuns() throws Exception {
		assertThat(this.profiler.call("import", () -> {
			assertThat(windows()).singleElement().satisfies((window) -> {
				assertThat(window.endpoint().name()).isEqualTo("import");
				assertThat(window.state()).isEqualTo(RequestWindow.State.OPEN);
			});
			return 7;
		})).isEqualTo(7);
		assertThat(endpoint("import").underWay()).isZero();
	}

	@Test
	void whatTheCodeThrowsIsThrownAndTheWindowIsClosed() {
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> this.profiler.call("import", () -> {
			throw new IOException("on purpose");
		})).withMessage("on purpose");
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> this.profiler.run("import", () -> {
			throw new IllegalStateException("on purpose");
		}));
		assertThat(windows()).extracting(RequestWindow::state)
			.containsExactly(RequestWindow.State.CLOSED, RequestWindow.State.CLOSED);
	}

	@Test
	void codeInsideOtherCodeNeedsNoPlaceOfItsOwn() {
		this.profiler.run("outer", () -> this.profiler.run("inner", () -> {
		}));
		List<RequestWindow> windows = windows();
		assertThat(windows).extracting((window) -> window.endpoint().name()).containsExactly("outer", "inner");
		assertThat(windows.get(1).outer()).isSameAs(windows.get(0));
		this.profiler.run("next", () -> assertThat(endpoint("next").skippedCount(SkipReason.BUSY)).isZero());
	}

	@Test
	void whatIsNotAllowedInANameIsReplaced() {
		this.profiler.run("a name/with <markup>", () -> {
		});
		this.profiler.run("a name/with <markup>", () -> {
		});
		this.profiler.run("", () -> {
		});
		assertThat(windows()).extracting((window) -> window.endpoint().name())
			.containsExactly("a_name_with__markup_", "a_name_with__markup_", "x");
	}

	@Test
	void whenThereIsNoRoomForANameThenTheCodeRunsAllTheSame() throws Exception {
		for (int i = 0; i < 5; i++) {
			int number = i;
			assertThat(this.profiler.call("job-" + i, () -> number)).isEqualTo(number);
		}
		assertThat(windows()).hasSize(3);
		assertThat(this.endpoints.refused()).isEqualTo(2);
	}

	@Test
	void whenTheRepositoryFailsThenTheCodeRunsAllTheSame() throws Exception {
		ProfileRepository repository = mock(ProfileRepository.class);
		given(repository.register(any(Endpoint.class))).willThrow(new IllegalStateException("on purpose"));
		assertThat(profiler(repository).call("import", () -> 7)).isEqualTo(7);
	}

	private CodeProfiler profiler(ProfileRepository repository) {
		return new CodeProfiler(new ProfiledMethods(repository, this.endpoints, this.engine), this.requests);
	}

	private ProfiledEndpoint endpoint(String name) {
		return Objects.requireNonNull(this.endpoints.find(name));
	}

	private List<RequestWindow> windows() {
		List<RequestWindow> windows = new ArrayList<>();
		this.requests.drain(windows::add);
		return windows;
	}

}
