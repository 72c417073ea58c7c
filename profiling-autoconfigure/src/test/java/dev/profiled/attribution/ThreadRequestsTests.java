package dev.profiled.attribution;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.profiled.profile.ProfileEvent;
import dev.profiled.profile.StackText;
import dev.profiled.request.ProfiledEndpoint;
import dev.profiled.request.RequestWindow;
import dev.profiled.request.Timeline;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ThreadRequests}.
 */
class ThreadRequestsTests {

	private final ProfiledEndpoint orders = new ProfiledEndpoint("orders", () -> 7);

	private final ThreadRequests requests = new ThreadRequests(1);

	@Test
	void keepsNoObjectOfARequestThatEndedBeforeTheNextBegan() {
		RequestWindow first = add(100, 200, null);
		RequestWindow second = add(300, 400, null);
		assertThat(windows()).doesNotContain(first).contains(second);
	}

	@Test
	void tellsTheSameOfARequestOfWhichItKeepsNoObject() {
		RequestWindow window = Timeline.open(this.orders, 1, -5);
		Timeline.cost(window, 11, 12);
		Timeline.end(window, 6, RequestWindow.State.CLOSED);
		this.requests.add(window);
		add(300, 400, null);
		assertThat(windows().get(0)).isNotSameAs(window).usingRecursiveComparison().isEqualTo(window);
		assertThat(this.orders.underWay()).isZero();
	}

	@Test
	void remembersThatARequestIsSettled() {
		for (int i = 0; i < 4; i++) {
			add(100 * i, 100 * i + 50, null);
		}
		this.requests.removeIf((request) -> {
			if (request.window().start() > 0) {
				request.settle(request.window().start() == 200);
			}
			return false;
		});
		List<String> settled = new ArrayList<>();
		this.requests.removeIf((request) -> {
			settled.add(request.window().start() + " " + request.isSettled() + " " + request.isDiscarded());
			return false;
		});
		assertThat(settled).containsExactly("0 false false", "100 true false", "200 true true", "300 true false");
	}

	@Test
	void keepsAWindowThatOthersAreInside() {
		RequestWindow outer = add(100, 200, null);
		RequestWindow inner = add(120, 180, outer);
		add(300, 400, null);
		assertThat(windows()).startsWith(outer, inner);
		assertThat(this.requests.find(1, outer)).isNotNull();
	}

	@Test
	void keepsAWindowThatIsOpenOrWhoseEndIsNotThatOfItsRequest() {
		RequestWindow hanging = Timeline.open(this.orders, 1, 100);
		this.requests.add(hanging);
		RequestWindow async = Timeline.open(this.orders, 1, 200);
		Timeline.end(async, 210, RequestWindow.State.ASYNC);
		this.requests.add(async);
		add(300, 400, null);
		assertThat(windows()).startsWith(hanging, async);
	}

	@Test
	void keepsSamplesUntilTheyAreTaken() {
		add(100, 200, null);
		add(300, 400, null);
		TrackedRequest request = this.requests.at(0, 150);
		request.add(new Sample(ProfileEvent.CPU, 1, 150, StackText.stack("a"), StackText.WEIGHT), Pauses.NONE);
		this.requests.removeIf((other) -> false);
		assertThat(this.requests.at(0, 150)).isSameAs(request);
		request.takeSamples();
		this.requests.removeIf((other) -> false);
		assertThat(this.requests.at(0, 150)).isNotNull().isNotSameAs(request);
	}

	@Test
	void hasNothingAtATimeAfterARequestEnded() {
		add(100, 200, null);
		add(300, 400, null);
		assertThat(at(201)).isNull();
		assertThat(at(200)).isNotNull();
		assertThat(at(99)).isNull();
	}

	@Test
	void removesWhatIsDone() {
		for (int i = 0; i < 100; i++) {
			add(100 * i, 100 * i + 50, null);
		}
		this.requests.removeIf((request) -> request.window().start() % 300 != 0);
		assertThat(windows()).extracting(RequestWindow::start).hasSize(34).startsWith(0L, 300L, 600L).endsWith(9900L);
		assertThat(at(650)).isNotNull().extracting((request) -> request.window().end()).isEqualTo(650L);
		this.requests.removeIf((request) -> true);
		assertThat(this.requests.isEmpty()).isTrue();
	}

	private @Nullable TrackedRequest at(long time) {
		return this.requests.at(this.requests.lastOpenedBefore(time), time);
	}

	private RequestWindow add(long start, long end, @Nullable RequestWindow outer) {
		RequestWindow window = Timeline.open(this.orders, 1, start, outer);
		Timeline.end(window, end, RequestWindow.State.CLOSED);
		this.requests.add(window);
		return window;
	}

	private List<RequestWindow> windows() {
		List<RequestWindow> windows = new ArrayList<>();
		this.requests.removeIf((request) -> {
			windows.add(request.window());
			return false;
		});
		return windows;
	}

}
