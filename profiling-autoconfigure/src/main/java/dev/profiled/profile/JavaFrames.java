package dev.profiled.profile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Makes the Java frames of a stack the same whoever has read it: the native profiler,
 * which sees every frame there is, or the JVM, whose stack traces leave some out. And
 * makes them comparable between two runs, two instances and two JDKs.
 * <ul>
 * <li>Hidden and generated classes lose their numbers and addresses.</li>
 * <li>What the JVM leaves out is left out: frames of hidden classes, such as those of
 * lambdas and method handles, and some of the JDK's own.</li>
 * <li>The way through reflection, which differs with the number of calls and with the
 * JDK, stands as one frame.</li>
 * <li>The root of a virtual thread is its own, not that of its carrier.</li>
 * </ul>
 * An instance keeps the frames it has made and belongs to one thread.
 */
public final class JavaFrames {

	/**
	 * How many frames {@link Thread#getStackTrace()} gives at most, by default of the
	 * JVM's option {@code MaxJavaStackTraceDepth}. Some JDKs give all.
	 */
	private static final int MAX_DEPTH = 1024;

	private static final int MAX_FRAMES = 20_000;

	private static final Pattern LAMBDA = Pattern.compile("\\$\\$Lambda(\\$\\d+)?([./+].*)?$");

	private static final Pattern ADDRESS = Pattern.compile("([./+](0x[0-9a-fA-F]+|\\d+))+$");

	private static final Pattern NUMBERED = Pattern
		.compile("(Generated(?:Serialization)?(?:Method|Constructor)Accessor|(?<![^.])\\$Proxy)\\d+$");

	/**
	 * The package of proxies, one for each class loader.
	 */
	private static final Pattern PROXY_PACKAGE = Pattern.compile("\\bjdk\\.proxy\\d+(?=\\.\\$Proxy)");

	/**
	 * What method handles run through, beside hidden classes.
	 */
	private static final Pattern METHOD_HANDLES = Pattern
		.compile("java\\.lang\\.invoke\\.(.*\\$Holder\\..*|VarHandleGuards\\.guard_.*)");

	/**
	 * The other methods that the JDK marks as hidden, of classes that have visible ones,
	 * too.
	 */
	private static final Set<String> HIDDEN_METHODS = Set.of("java.lang.ScopedValue$Carrier.runWith",
			"java.lang.Thread.runWith", "java.lang.VirtualThread.postPinnedEvent",
			"java.lang.VirtualThread.yieldContinuation", "java.lang.VirtualThread$VThreadContinuation$1.run",
			"java.lang.invoke.Invokers.checkVarHandleGenericType",
			"java.lang.invoke.LambdaForm$NamedFunction.invokeWithArguments",
			"java.lang.invoke.LambdaForm$NamedFunction.invokeWithArgumentsTracing",
			"java.lang.invoke.LambdaForm.interpretName", "java.lang.invoke.LambdaForm.interpretWithArguments",
			"java.lang.invoke.MethodHandleImpl$CountingWrapper.getTarget",
			"java.lang.invoke.MethodHandleImpl$CountingWrapper.maybeStopCounting",
			"java.lang.invoke.MethodHandleImpl.guardWithCatch", "java.lang.invoke.MethodHandleImpl.isCompileConstant",
			"java.lang.invoke.MethodHandleImpl.loop", "java.lang.invoke.MethodHandleImpl.prepend",
			"java.lang.invoke.MethodHandleImpl.profileBoolean", "java.lang.invoke.MethodHandleImpl.selectAlternative",
			"java.lang.invoke.MethodHandleImpl.tableSwitch", "java.lang.invoke.MethodHandleImpl.tryFinally",
			"java.lang.invoke.VarForm.getMemberName", "java.security.AccessController.ensureMaterializedForStackWalk",
			"java.security.AccessController.executePrivileged", "java.security.AccessController.wrapException",
			"jdk.internal.vm.Continuation.enter", "jdk.internal.vm.Continuation.enter0",
			"jdk.internal.vm.Continuation.yield", "jdk.internal.vm.Continuation.yield0");

	private static final String REFLECTION_PACKAGE = "jdk.internal.reflect.";

	/**
	 * A method that is called by reflection is first called natively, later through
	 * generated code.
	 */
	private static final Frame REFLECTION = Frame.java("jdk.internal.reflect.MethodAccessor", "invoke");

	private static final Frame THREAD_ROOT = Frame.java("java.lang.Thread", "run");

	private static final Frame VIRTUAL_THREAD_ROOT = Frame.java("java.lang.VirtualThread", "run");

	/**
	 * Stands for what is left out.
	 */
	private static final Frame HIDDEN = Frame.java("", "[hidden]");

	private final Map<String, Map<String, Frame>> cache = new HashMap<>();

	private int cached;

	/**
	 * Return the name of a class as it is written in the source, normalised.
	 * @param name the name, with dots or slashes, or the descriptor of an array
	 * @return the name, with dots
	 */
	public static String className(String name) {
		int dimensions = name.lastIndexOf('[') + 1;
		if (dimensions > 0) {
			return element(name.substring(dimensions)) + "[]".repeat(dimensions);
		}
		String dotted = LAMBDA.matcher(name.replace('/', '.')).replaceFirst("\\$\\$Lambda");
		dotted = ADDRESS.matcher(dotted).replaceFirst("");
		dotted = NUMBERED.matcher(dotted).replaceFirst("$1");
		return PROXY_PACKAGE.matcher(dotted).replaceFirst("jdk.proxy");
	}

	private static String element(String descriptor) {
		return switch (descriptor) {
			case "Z" -> "boolean";
			case "B" -> "byte";
			case "C" -> "char";
			case "S" -> "short";
			case "I" -> "int";
			case "J" -> "long";
			case "F" -> "float";
			case "D" -> "double";
			default -> className(descriptor.replaceFirst("^L(.*);$", "$1"));
		};
	}

	// Each time anew.
	static Frame frame(String className, String methodName) {
		if (LAMBDA.matcher(className).find() || ADDRESS.matcher(className).find()) {
			return HIDDEN;
		}
		Frame frame = Frame.java(className(className), methodName);
		if (frame.className().startsWith(REFLECTION_PACKAGE)) {
			return REFLECTION;
		}
		String name = frame.name();
		boolean hidden = HIDDEN_METHODS.contains(name) || METHOD_HANDLES.matcher(name).matches();
		return hidden ? HIDDEN : frame;
	}

	/**
	 * Add a frame to a stack, unless it is one that is left out.
	 * @param rootFirst the frames nearer the root
	 * @param frame one of {@link #kept}, or of a kind other than Java
	 */
	public static void add(List<Frame> rootFirst, Frame frame) {
		if (frame == HIDDEN) {
			return;
		}
		if (frame.equals(VIRTUAL_THREAD_ROOT)) {
			rootFirst.clear();
		}
		if (frame != REFLECTION || rootFirst.isEmpty() || rootFirst.get(rootFirst.size() - 1) != REFLECTION) {
			rootFirst.add(frame);
		}
	}

	/**
	 * Return the stack that {@link Thread#getStackTrace()} gave. If it was cut off, it
	 * begins with {@link Frame#TRUNCATED}.
	 * @param leafFirst what the JVM gave
	 * @return the stack trace
	 */
	public StackTrace stackTrace(StackTraceElement[] leafFirst) {
		return stackTrace(leafFirst, MAX_DEPTH);
	}

	/**
	 * Return the stack that the JVM gave to someone who asked for no more than so many
	 * frames. If it was cut off, it begins with {@link Frame#TRUNCATED}.
	 * @param leafFirst what the JVM gave
	 * @param limit the number of frames that were asked for
	 * @return the stack trace
	 */
	public StackTrace stackTrace(StackTraceElement[] leafFirst, int limit) {
		int depth = leafFirst.length;
		List<Frame> rootFirst = new ArrayList<>(depth + 1);
		for (int i = depth - 1; i >= 0; i--) {
			add(rootFirst, kept(leafFirst[i].getClassName(), leafFirst[i].getMethodName()));
		}
		if (depth >= limit && (rootFirst.isEmpty() || !isRoot(rootFirst.get(0)))) {
			rootFirst.add(0, Frame.TRUNCATED);
		}
		return StackTrace.of(rootFirst);
	}

	private static boolean isRoot(Frame frame) {
		return frame.equals(THREAD_ROOT) || frame.equals(VIRTUAL_THREAD_ROOT);
	}

	/**
	 * Return the frame of a method, to be {@linkplain #add added} to a stack: the same as
	 * before, if there was one.
	 * @param className the class, with dots or slashes
	 * @param methodName the method
	 * @return the frame
	 */
	public Frame kept(String className, String methodName) {
		Map<String, Frame> methods = this.cache.get(className);
		Frame frame = (methods != null) ? methods.get(methodName) : null;
		return (frame != null) ? frame : keep(className, methodName);
	}

	private Frame keep(String className, String methodName) {
		if (this.cached == MAX_FRAMES) {
			this.cache.clear();
			this.cached = 0;
		}
		this.cached++;
		Frame frame = frame(className, methodName);
		this.cache.computeIfAbsent(className, (name) -> new HashMap<>()).put(methodName, frame);
		return frame;
	}

}
