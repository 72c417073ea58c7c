package dev.profiled.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.profiled.request.ProfiledEndpoint;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * More threads than cores, all of them always busy, and one place.
 */
@Tag("any-jdk")
@Tag("quiet")
class TurnsIT {

	private static final int THREADS = 4;

	private static final int RARE_CALLS = 40;

	private static final int HOT_CALLS_TO_A_RARE_ONE = 1000;

	@TempDir
	Path directory;

	@Test
	void withOnePlaceAnEndpointThatIsCalledOnceToAThousandCallsOfAnotherIsProfiledLikeIt() throws InterruptedException {
		try (ProfiledWork app = new ProfiledWork(1, ProfiledWork.options(Duration.ofMillis(1), this.directory))
			.start()) {
			ProfiledEndpoint hot = app.endpoint("hot");
			ProfiledEndpoint rare = app.endpoint("rare");
			AtomicLong calls = new AtomicLong();
			List<Thread> threads = new ArrayList<>();
			for (int i = 0; i < THREADS; i++) {
				Thread thread = new Thread(() -> {
					for (long call = calls.incrementAndGet(); call <= RARE_CALLS * HOT_CALLS_TO_A_RARE_ONE; call = calls
						.incrementAndGet()) {
						if (call % HOT_CALLS_TO_A_RARE_ONE == 0) {
							app.request(rare, () -> burn(Duration.ofMillis(5)));
						}
						else {
							app.request(hot, () -> burn(Duration.ofNanos(200_000)));
						}
					}
				});
				thread.start();
				threads.add(thread);
			}
			for (Thread thread : threads) {
				thread.join();
			}
			assertThat(app.profile("hot").tree().samples()).isGreaterThan(100);
			assertThat(app.profile("rare").tree().samples()).isPositive();
			assertThat(hot.profiledCount()).isGreaterThan(1000);
			assertThat(rare.profiledCount()).isGreaterThanOrEqualTo(5);
		}
	}

	private static void burn(Duration cpuTime) {
		ProfiledWork.burn(ProfiledWork.cpuTime() + cpuTime.toNanos(), new AtomicLong());
	}

}
