package dev.profiled.engine;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.profiled.profile.TimeCategory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link WaitRules}. Stacks are written leaf first.
 */
class WaitRulesTests {

	private static final WaitRules BUILT_IN = WaitRules.of(Map.of());

	@Test
	void aBlockedThreadWaitsForALockWhateverItsStack() {
		WaitRules rules = WaitRules.of(Map.of(TimeCategory.SOCKET, List.of("com.acme.*")));
		assertThat(rules.classify(Thread.State.BLOCKED, stack("com.acme.Client.read", "java.lang.Thread.run")))
			.isEqualTo(TimeCategory.LOCK);
		assertThat(rules.classify(Thread.State.BLOCKED, stack())).isEqualTo(TimeCategory.LOCK);
	}

	@Test
	void aReadFromASocketIsSocketEvenWithinAPool() {
		assertThat(classify("sun.nio.ch.Net.poll", "sun.nio.ch.NioSocketImpl.park", "sun.nio.ch.NioSocketImpl.implRead",
				"java.net.Socket$SocketInputStream.read", "org.postgresql.core.PGStream.receiveChar",
				"com.zaxxer.hikari.pool.HikariPool.isConnectionDead",
				"com.zaxxer.hikari.pool.HikariPool.getConnection"))
			.isEqualTo(TimeCategory.SOCKET);
	}

	@Test
	void aWriteToASocketIsSocketThoughJdk17WritesItAsAFile() {
		assertThat(classify("sun.nio.ch.FileDispatcherImpl.write0", "sun.nio.ch.SocketDispatcher.write",
				"sun.nio.ch.NioSocketImpl.tryWrite", "com.acme.Client.send"))
			.isEqualTo(TimeCategory.SOCKET);
	}

	@Test
	void aVirtualThreadThatIsParkedForASocketIsSocket() {
		assertThat(classify("java.lang.VirtualThread.park", "java.lang.System$1.parkVirtualThread",
				"java.util.concurrent.locks.LockSupport.park", "sun.nio.ch.Poller.poll",
				"sun.nio.ch.NioSocketImpl.park", "com.acme.Client.read"))
			.isEqualTo(TimeCategory.SOCKET);
	}

	@Test
	void aVirtualThreadThatSleepsIsParkedButSleeps() {
		assertThat(classify("java.lang.VirtualThread.parkNanos", "java.lang.VirtualThread.sleepNanos",
				"java.lang.Thread.sleepNanos", "java.lang.Thread.sleep", "com.acme.Work.rest"))
			.isEqualTo(TimeCategory.SLEEP);
	}

	@Test
	void aWaitForTheLockInsideAPoolIsLock() {
		assertThat(classify("jdk.internal.misc.Unsafe.park", "java.util.concurrent.locks.LockSupport.park",
				"java.util.concurrent.locks.AbstractQueuedSynchronizer.acquire",
				"java.util.concurrent.locks.ReentrantLock$Sync.lock", "java.util.concurrent.locks.ReentrantLock.lock",
				"com.acme.pool.Pool.getConnection"))
			.isEqualTo(TimeCategory.LOCK);
	}

	@Test
	void aWaitForWhatThePoolHoldsIsPool() {
		assertThat(classify("jdk.internal.misc.Unsafe.park", "java.util.concurrent.locks.LockSupport.park",
				"java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject.awaitNanos",
				"com.acme.pool.Pool.getConnection"))
			.isEqualTo(TimeCategory.POOL);
	}

	@ParameterizedTest
	@ValueSource(strings = { "java.util.concurrent.CountDownLatch.await", "java.util.concurrent.Semaphore.acquire" })
	void aSynchronizerThatIsNoLockIsPool(String caller) {
		assertThat(classify("jdk.internal.misc.Unsafe.park", "java.util.concurrent.locks.LockSupport.park",
				"java.util.concurrent.locks.AbstractQueuedSynchronizer.acquire",
				"java.util.concurrent.locks.AbstractQueuedSynchronizer.acquireSharedInterruptibly", caller,
				"com.acme.Work.run"))
			.isEqualTo(TimeCategory.POOL);
	}

	@Test
	void anAnswerThatTheHttpClientWaitsForIsSocket() {
		assertThat(classify("jdk.internal.misc.Unsafe.park", "java.util.concurrent.locks.LockSupport.park",
				"java.util.concurrent.CompletableFuture$Signaller.block", "java.util.concurrent.CompletableFuture.get",
				"jdk.internal.net.http.HttpClientImpl.send", "com.acme.Client.get"))
			.isEqualTo(TimeCategory.SOCKET);
	}

	@Test
	void whatCalledTheWaiterIsNoReasonForTheWait() {
		assertThat(classify("jdk.internal.misc.Unsafe.park", "java.util.concurrent.locks.LockSupport.park",
				"java.util.concurrent.FutureTask.get", "com.acme.Work.run",
				"jdk.internal.net.http.HttpClientImpl.send"))
			.isEqualTo(TimeCategory.POOL);
	}

	@Test
	void aHiddenClassIsNotTheOneThatWaits() {
		assertThat(classify("jdk.internal.misc.Unsafe.park", "java.util.concurrent.locks.LockSupport.park",
				"com.acme.Client$$Lambda/0x00007f20b013a0c8.get", "jdk.internal.net.http.HttpClientImpl.send"))
			.isEqualTo(TimeCategory.SOCKET);
	}

	@Test
	void whatMatchesNothingIsOther() {
		assertThat(classify("com.acme.Native.call", "com.acme.Work.run")).isEqualTo(TimeCategory.OTHER);
		assertThat(classify()).isEqualTo(TimeCategory.OTHER);
	}

	@Test
	void ownRulesComeBeforeTheBuiltInOnesAndLookAtTheWholeStack() {
		WaitRules rules = WaitRules.of(Map.of(TimeCategory.OTHER, List.of("com.acme.Gate.pass")));
		assertThat(rules.classify(Thread.State.RUNNABLE,
				stack("sun.nio.ch.Net.poll", "com.acme.Client.read", "com.acme.Gate.pass")))
			.isEqualTo(TimeCategory.OTHER);
		assertThat(rules.classify(Thread.State.RUNNABLE, stack("sun.nio.ch.Net.poll", "com.acme.Client.read")))
			.isEqualTo(TimeCategory.SOCKET);
	}

	@Test
	void ofOwnRulesTheFrameNearestTheLeafDecides() {
		WaitRules rules = WaitRules.of(Map.of(TimeCategory.POOL, List.of("com.acme.Outer.*"), TimeCategory.FILE,
				List.of("com.acme.Inner.call")));
		assertThat(rules.classify(Thread.State.WAITING, stack("com.acme.Inner.call", "com.acme.Outer.call")))
			.isEqualTo(TimeCategory.FILE);
		assertThat(rules.classify(Thread.State.WAITING, stack("com.acme.Outer.call", "com.acme.Inner.call")))
			.isEqualTo(TimeCategory.POOL);
	}

	@Test
	void theMoreExactPatternDecides() {
		WaitRules rules = WaitRules.of(Map.of(TimeCategory.POOL, List.of("com.acme.*", "com.acme.Gate.pass"),
				TimeCategory.FILE, List.of("com.acme.Gate.*"), TimeCategory.SLEEP, List.of("com.acme.io.*")));
		assertThat(classify(rules, "com.acme.Gate.pass")).isEqualTo(TimeCategory.POOL);
		assertThat(classify(rules, "com.acme.Gate.other")).isEqualTo(TimeCategory.FILE);
		assertThat(classify(rules, "com.acme.io.Other.pass")).isEqualTo(TimeCategory.SLEEP);
		assertThat(classify(rules, "com.acme.Other.pass")).isEqualTo(TimeCategory.POOL);
	}

	@ParameterizedTest
	@ValueSource(strings = { "com.acme.Gate$Inner.pass", "com.acme.Gate$Inner.*", "com.acme.Gate$Inner.pa*",
			"com.acme.Gate$*.pass", "com.acme.*", "com.*.pass", "*.pass", "*Inner.p*s", "com.acme.Gate*" })
	void aStarStandsForAnyCharacters(String pattern) {
		WaitRules rules = WaitRules.of(Map.of(TimeCategory.FILE, List.of(pattern)));
		assertThat(classify(rules, "com.acme.Gate$Inner.pass")).isEqualTo(TimeCategory.FILE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "com.acme.Gate.pass", "com.acme.Gate$Inner.p", "com.acme.*.stop", "org.*", "acme.*",
			"com.acme.Gate$Inner.pass*pass", "com.acme.G*Gate*", "*.passed", "com.acme.Gate.Inner.pass" })
	void whatAPatternDoesNotSayDoesNotMatch(String pattern) {
		WaitRules rules = WaitRules.of(Map.of(TimeCategory.FILE, List.of(pattern)));
		assertThat(classify(rules, "com.acme.Gate$Inner.pass")).isEqualTo(TimeCategory.OTHER);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "pass", "*", "*.*", "com.acme.Gate.pass()", "com.acme.Gate#pass", "com..pass",
			".pass", "com.acme.Gate.", "com.acme.Gate pass", "com/acme/Gate.pass" })
	void whatIsNoPatternIsRefused(String pattern) {
		assertThatIllegalArgumentException().isThrownBy(() -> WaitRules.of(Map.of(TimeCategory.FILE, List.of(pattern))))
			.withMessageContainingAll("'" + pattern + "' is no pattern of methods", "com.acme.Outer$Inner.method");
	}

	@ParameterizedTest
	@EnumSource(names = { "CPU", "CORE", "GC" })
	void whatIsNoCategoryOfWaitsIsRefused(TimeCategory category) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> WaitRules.of(Map.of(category, List.of("com.acme.Gate.pass"))))
			.withMessage("'" + category.id() + "' is no category that a rule may have: it must be one of lock, pool, "
					+ "socket, file, sleep, other.");
	}

	@Test
	void aPatternHasOneCategory() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> WaitRules.of(Map.of(TimeCategory.FILE, List.of("com.acme.Gate.pass"), TimeCategory.POOL,
					List.of("com.acme.Gate.pass"))))
			.withMessageContainingAll("'com.acme.Gate.pass' has two categories", "file", "pool");
	}

	private static TimeCategory classify(String... leafFirst) {
		return classify(BUILT_IN, leafFirst);
	}

	private static TimeCategory classify(WaitRules rules, String... leafFirst) {
		return rules.classify(Thread.State.WAITING, stack(leafFirst));
	}

	private static StackTraceElement[] stack(String... leafFirst) {
		return Arrays.stream(leafFirst).map((name) -> {
			int dot = name.lastIndexOf('.');
			return new StackTraceElement(name.substring(0, dot), name.substring(dot + 1), null, -1);
		}).toArray(StackTraceElement[]::new);
	}

}
