package dev.profiled.jfr;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import one.jfr.ClassRef;
import one.jfr.JfrReader;
import one.jfr.MethodRef;
import org.jspecify.annotations.Nullable;

import dev.profiled.profile.Frame;
import dev.profiled.profile.FrameKind;
import dev.profiled.profile.JavaFrames;
import dev.profiled.profile.StackTrace;

/**
 * Resolves the stack traces of one chunk.
 */
final class JfrStacks {

	/**
	 * How many frames the profiler records; of a deeper stack those nearest the leaf.
	 */
	private static final int MAX_DEPTH = 2048;

	private static final StackTrace UNKNOWN = StackTrace.of(new Frame("", "[unknown]", FrameKind.NATIVE));

	/*
	 * The frame types of async-profiler, see one.convert.Frame.
	 */
	private static final int TYPE_NATIVE = 3;

	private static final int TYPE_CPP = 4;

	private static final int TYPE_KERNEL = 5;

	/**
	 * Where async-profiler could not walk on, it says why in place of the next frame: see
	 * {@code BCI_ERROR} in its {@code stackWalker.cpp} and {@code profiler.cpp}. The last
	 * is the JVM's own: the callers of a virtual thread that has been parked are not on
	 * the stack before it returns to them.
	 */
	private static final Pattern ERRORS = Pattern.compile(
			"break_[a-z_]+|unknown_nmethod|unknown_Java|not_walkable_(not_)?Java|no_Java_frame|cont_returnBarrier");

	private final JfrReader reader;

	private final JavaFrames javaFrames;

	private final Map<Integer, StackTrace> stacks = new HashMap<>();

	private final Map<Typed, StackTrace> typedStacks = new HashMap<>();

	private final Map<Long, Frame> frames = new HashMap<>();

	private final Map<Long, String> classNames = new HashMap<>();

	JfrStacks(JfrReader reader, JavaFrames javaFrames) {
		this.reader = reader;
		this.javaFrames = javaFrames;
	}

	StackTrace get(int id) {
		return this.stacks.computeIfAbsent(id, this::resolve);
	}

	/**
	 * Return a stack whose leaf is a class: that of what was allocated there, or of the
	 * lock.
	 * @param id the stack
	 * @param classId the class
	 * @return the stack trace
	 */
	StackTrace get(int id, int classId) {
		return this.typedStacks.computeIfAbsent(new Typed(id, classId), this::resolve);
	}

	private StackTrace resolve(Typed typed) {
		String type = this.classNames.computeIfAbsent((long) typed.type, this::className);
		return get(typed.stack).with(Frame.type(type.isEmpty() ? "[unknown]" : JavaFrames.className(type)));
	}

	private StackTrace resolve(int id) {
		one.jfr.StackTrace stack = this.reader.stackTraces.get(id);
		if (stack == null || stack.methods.length == 0) {
			return UNKNOWN;
		}
		int root = stack.methods.length - 1;
		List<Frame> rootFirst = new ArrayList<>(root + 2);
		if (root + 1 >= MAX_DEPTH) {
			rootFirst.add(Frame.TRUNCATED);
		}
		for (int i = root; i >= 0; i--) {
			Frame frame = frame(stack.methods[i], stack.types[i]);
			boolean broken = i == root && frame.kind() == FrameKind.NATIVE && isError(frame.methodName());
			JavaFrames.add(rootFirst, broken ? Frame.BROKEN : frame);
		}
		return rootFirst.isEmpty() ? UNKNOWN : StackTrace.of(rootFirst);
	}

	static boolean isError(String name) {
		return ERRORS.matcher(name).matches();
	}

	private Frame frame(long methodId, byte type) {
		return this.frames.computeIfAbsent(methodId, (id) -> resolveFrame(id, type));
	}

	private Frame resolveFrame(long methodId, byte type) {
		MethodRef method = this.reader.methods.get(methodId);
		if (method == null) {
			return new Frame("", "[unknown]", FrameKind.NATIVE);
		}
		String name = symbol(method.name);
		if (type == TYPE_KERNEL) {
			return new Frame("", name, FrameKind.KERNEL);
		}
		String className = this.classNames.computeIfAbsent(method.cls, this::className);
		if (className.isEmpty() || type == TYPE_NATIVE || type == TYPE_CPP) {
			return new Frame("", name, FrameKind.NATIVE);
		}
		return this.javaFrames.kept(className, name);
	}

	private String className(long id) {
		ClassRef ref = this.reader.classes.get(id);
		return (ref != null) ? symbol(ref.name) : "";
	}

	private String symbol(long id) {
		byte @Nullable [] bytes = this.reader.symbols.get(id);
		return (bytes != null) ? new String(bytes, StandardCharsets.UTF_8) : "";
	}

	/**
	 * A stack and the class at its leaf.
	 */
	private record Typed(int stack, int type) {
	}

}
