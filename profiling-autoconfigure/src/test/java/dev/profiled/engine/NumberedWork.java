package dev.profiled.engine;

import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import dev.profiled.profile.Frame;
import dev.profiled.profile.ProfileSnapshot;
import dev.profiled.profile.StackTrace;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Twenty methods of distinct names, so that a sample of one endpoint in the profile of
 * another is seen.
 */
final class NumberedWork {

	private static final Pattern NAME = Pattern.compile("ep\\d\\d");

	static final List<Consumer<Runnable>> METHODS = List.of(NumberedWork::ep00, NumberedWork::ep01, NumberedWork::ep02,
			NumberedWork::ep03, NumberedWork::ep04, NumberedWork::ep05, NumberedWork::ep06, NumberedWork::ep07,
			NumberedWork::ep08, NumberedWork::ep09, NumberedWork::ep10, NumberedWork::ep11, NumberedWork::ep12,
			NumberedWork::ep13, NumberedWork::ep14, NumberedWork::ep15, NumberedWork::ep16, NumberedWork::ep17,
			NumberedWork::ep18, NumberedWork::ep19);

	private NumberedWork() {
	}

	static String name(int number) {
		return "ep%02d".formatted(number);
	}

	static boolean isWork(StackTrace stack) {
		for (int i = 0; i < stack.depth(); i++) {
			if (NAME.matcher(stack.frame(i).methodName()).matches()) {
				return true;
			}
		}
		return false;
	}

	static void hasOnly(ProfileSnapshot profile, String name) {
		assertThat(profile.tree().frames()).extracting(Frame::methodName)
			.filteredOn((method) -> NAME.matcher(method).matches())
			.containsOnly(name);
	}

	private static void ep00(Runnable work) {
		work.run();
	}

	private static void ep01(Runnable work) {
		work.run();
	}

	private static void ep02(Runnable work) {
		work.run();
	}

	private static void ep03(Runnable work) {
		work.run();
	}

	private static void ep04(Runnable work) {
		work.run();
	}

	private static void ep05(Runnable work) {
		work.run();
	}

	private static void ep06(Runnable work) {
		work.run();
	}

	private static void ep07(Runnable work) {
		work.run();
	}

	private static void ep08(Runnable work) {
		work.run();
	}

	private static void ep09(Runnable work) {
		work.run();
	}

	private static void ep10(Runnable work) {
		work.run();
	}

	private static void ep11(Runnable work) {
		work.run();
	}

	private static void ep12(Runnable work) {
		work.run();
	}

	private static void ep13(Runnable work) {
		work.run();
	}

	private static void ep14(Runnable work) {
		work.run();
	}

	private static void ep15(Runnable work) {
		work.run();
	}

	private static void ep16(Runnable work) {
		work.run();
	}

	private static void ep17(Runnable work) {
		work.run();
	}

	private static void ep18(Runnable work) {
		work.run();
	}

	private static void ep19(Runnable work) {
		work.run();
	}

}
