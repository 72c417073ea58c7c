package dev.profiled.profile;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link JavaFrames}.
 */
class JavaFramesTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			com/acme/Foo$$Lambda$14+0x0000000800c03000                 | com.acme.Foo$$Lambda
			com/acme/Foo$$Lambda$14/0x0000000800c03000                 | com.acme.Foo$$Lambda
			com/acme/Foo$$Lambda$14.0x0000000800c03000                 | com.acme.Foo$$Lambda
			com/acme/Foo$$Lambda$14/1234567                            | com.acme.Foo$$Lambda
			com/acme/Foo$$Lambda/0x00007f8177090218                    | com.acme.Foo$$Lambda
			com/acme/Foo$$Lambda.0x00007f8177090218                    | com.acme.Foo$$Lambda
			com/acme/Foo$Bar$1$$Lambda+0x00007f8177090218              | com.acme.Foo$Bar$1$$Lambda
			com/acme/Foo$$Lambda                                       | com.acme.Foo$$Lambda
			java/lang/invoke/LambdaForm$MH/0x0000000800c04400          | java.lang.invoke.LambdaForm$MH
			java/lang/invoke/LambdaForm$MH.0x00007f8177090218          | java.lang.invoke.LambdaForm$MH
			java/lang/invoke/LambdaForm$DMH+0x00007f8177090218         | java.lang.invoke.LambdaForm$DMH
			com/acme/Hidden+0x0000000800c03000.1                       | com.acme.Hidden
			""")
	void hiddenClassesLoseTheirNumbersAndAddresses(String name, String expected) {
		assertThat(JavaFrames.className(name)).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					jdk/internal/reflect/GeneratedMethodAccessor12                   | jdk.internal.reflect.GeneratedMethodAccessor
					jdk/internal/reflect/GeneratedConstructorAccessor3               | jdk.internal.reflect.GeneratedConstructorAccessor
					jdk/internal/reflect/GeneratedSerializationConstructorAccessor1  | jdk.internal.reflect.GeneratedSerializationConstructorAccessor
					com/sun/proxy/$Proxy101                                          | com.sun.proxy.$Proxy
					jdk/proxy2/$Proxy101                                             | jdk.proxy.$Proxy
					jdk/proxy14/$Proxy3                                              | jdk.proxy.$Proxy
					com/sun/proxy/jdk/proxy2/$Proxy5                                 | com.sun.proxy.jdk.proxy.$Proxy
					com/acme/$Proxy7                                                 | com.acme.$Proxy
					$Proxy7                                                          | $Proxy
					""")
	void generatedClassesLoseTheirNumbers(String name, String expected) {
		assertThat(JavaFrames.className(name)).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			[B                                                         | byte[]
			[Z                                                         | boolean[]
			[C                                                         | char[]
			[S                                                         | short[]
			[I                                                         | int[]
			[[J                                                        | long[][]
			[F                                                         | float[]
			[D                                                         | double[]
			[Ljava/lang/String;                                        | java.lang.String[]
			[[Ljava/util/HashMap$Node;                                 | java.util.HashMap$Node[][]
			[Lcom/acme/Foo$$Lambda.0x00007f8177090218;                 | com.acme.Foo$$Lambda[]
			""")
	void arraysAreWrittenAsInTheSource(String name, String expected) {
		assertThat(JavaFrames.className(name)).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "com.acme.Foo", "com.acme.Foo$1", "com.acme.Foo$Bar$2", "com.acme.Foo$1Local",
			"com.acme.Foo$$SpringCGLIB$$0", "com.acme.Foo$$SpringCGLIB$$FastClass$$1",
			"com.acme.Foo$$EnhancerBySpringCGLIB$$3a5b7c9d", "com.acme.FooKt", "com.acme.FooKt$main$1",
			"com.acme.FooKt$main$1$invoke$$inlined$map$1", "com.acme.Foo$Companion", "com.acme.Script1$_run_closure1",
			"com.acme.Foo$$LambdaFactory", "com.acme.Lambda$1", "com.acme.Version2", "com.acme.v2.Api",
			"com.acme.Proxy7", "com.acme.Foo$Proxy12", "java.lang.invoke.BoundMethodHandle$Species_LLL",
			"java.lang.invoke.DirectMethodHandle$Holder", "Default" })
	void otherClassesKeepTheirNames(String name) {
		assertThat(JavaFrames.className(name.replace('.', '/'))).isEqualTo(name);
	}

	@ParameterizedTest
	@ValueSource(strings = { "com/acme/Foo$$Lambda$14+0x0000000800c03000", "com.acme.Foo$$Lambda/0x00007f8177090218",
			"java/lang/invoke/LambdaForm$MH.0x00007f8177090218", "com/acme/Hidden+0x0000000800c03000.1" })
	void framesOfHiddenClassesAreLeftOut(String className) {
		assertThat(stack(Frame.java("A", "a"), JavaFrames.frame(className, "run"))).isEqualTo("A.a");
	}

	@Test
	void theWayThroughReflectionIsOneFrame() {
		String direct = stack(JavaFrames.frame("java.lang.reflect.Method", "invoke"),
				JavaFrames.frame("jdk.internal.reflect.DirectMethodHandleAccessor", "invoke"),
				JavaFrames.frame("jdk.internal.reflect.DirectMethodHandleAccessor", "invokeImpl"),
				JavaFrames.frame("java.lang.invoke.LambdaForm$MH.0x00007f8177090218", "invoke"),
				JavaFrames.frame("java.lang.invoke.DirectMethodHandle$Holder", "invokeStatic"),
				JavaFrames.frame("A", "a"));
		String generated = stack(JavaFrames.frame("java.lang.reflect.Method", "invoke"),
				JavaFrames.frame("jdk.internal.reflect.DelegatingMethodAccessorImpl", "invoke"),
				JavaFrames.frame("jdk.internal.reflect.GeneratedMethodAccessor7", "invoke"),
				JavaFrames.frame("A", "a"));
		assertThat(direct).isEqualTo(generated)
			.isEqualTo("java.lang.reflect.Method.invoke;jdk.internal.reflect.MethodAccessor.invoke;A.a");
	}

	@Test
	void twoCallsByReflectionAreTwo() {
		Frame accessor = JavaFrames.frame("jdk.internal.reflect.DirectMethodHandleAccessor", "invoke");
		Frame method = JavaFrames.frame("java.lang.reflect.Method", "invoke");
		assertThat(stack(method, accessor, method, accessor))
			.isEqualTo("java.lang.reflect.Method.invoke;jdk.internal.reflect.MethodAccessor.invoke;"
					+ "java.lang.reflect.Method.invoke;jdk.internal.reflect.MethodAccessor.invoke");
	}

	@Test
	void whatCarriesAVirtualThreadIsNoPartOfIt() {
		assertThat(stack(Frame.java("java.util.concurrent.ForkJoinWorkerThread", "run"),
				JavaFrames.frame("jdk.internal.vm.Continuation", "enterSpecial"),
				JavaFrames.frame("java.lang.VirtualThread", "run"), JavaFrames.frame("A", "a")))
			.isEqualTo("java.lang.VirtualThread.run;A.a");
	}

	@Test
	void theStackOfTheJvmBecomesOneFromTheRoot() {
		StackTraceElement[] leafFirst = { new StackTraceElement("A$$Lambda/0x1", "run", null, -1),
				new StackTraceElement("A", "b", "A.java", 2), new StackTraceElement("A", "a", "A.java", 1) };
		JavaFrames frames = new JavaFrames();
		StackTrace expected = StackTrace.of(Frame.java("A", "a"), Frame.java("A", "b"));
		assertThat(frames.stackTrace(leafFirst)).isEqualTo(expected).isEqualTo(frames.stackTrace(leafFirst));
	}

	@Test
	void aStackThatTheJvmCutOffSaysSo() {
		StackTraceElement[] leafFirst = { new StackTraceElement("A", "b", null, -1),
				new StackTraceElement("A", "a", null, -1) };
		JavaFrames frames = new JavaFrames();
		assertThat(frames.stackTrace(leafFirst, 3)).hasToString("A.a;A.b");
		assertThat(frames.stackTrace(leafFirst, 2)).hasToString("[truncated];A.a;A.b");
	}

	@Test
	void aStackThatReachesTheRootIsWholeHoweverDeep() {
		StackTraceElement[] leafFirst = new StackTraceElement[2000];
		Arrays.fill(leafFirst, new StackTraceElement("A", "a", null, -1));
		JavaFrames frames = new JavaFrames();
		assertThat(frames.stackTrace(leafFirst).frame(0)).isEqualTo(Frame.TRUNCATED);
		leafFirst[1999] = new StackTraceElement("java.lang.Thread", "run", null, -1);
		assertThat(frames.stackTrace(leafFirst).frame(0)).isEqualTo(Frame.java("java.lang.Thread", "run"));
	}

	@Test
	void theMethodsLeftOutAreThoseThatThisJdkHides() throws IOException {
		Set<String> hidden = new TreeSet<>();
		Set<String> leftOut = new TreeSet<>();
		for (Class<?> type : classesThatMention("Ljdk/internal/vm/annotation/Hidden;")) {
			for (Executable method : methods(type)) {
				String name = (method instanceof Constructor) ? "<init>" : method.getName();
				if (isHidden(method)) {
					hidden.add(type.getName() + "." + name);
				}
				if (JavaFrames.frame(type.getName(), name).equals(JavaFrames.frame("A$$Lambda", "run"))) {
					leftOut.add(type.getName() + "." + name);
				}
			}
		}
		// folded, not left out
		hidden.removeIf((name) -> name.startsWith("jdk.internal.reflect."));
		assertThat(hidden).hasSizeGreaterThan(100);
		assertThat(leftOut).isEqualTo(hidden);
	}

	private static String stack(Frame... frames) {
		List<Frame> rootFirst = new ArrayList<>();
		for (Frame frame : frames) {
			JavaFrames.add(rootFirst, frame);
		}
		return rootFirst.stream().map(Frame::name).collect(Collectors.joining(";"));
	}

	private static List<Class<?>> classesThatMention(String constant) throws IOException {
		Path base = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules/java.base");
		List<Class<?>> types = new ArrayList<>();
		try (Stream<Path> files = Files.walk(base)) {
			for (Path file : (Iterable<Path>) files.filter((path) -> path.toString().endsWith(".class"))::iterator) {
				if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(constant)) {
					String name = base.relativize(file).toString().replace('/', '.');
					types.add(load(name.substring(0, name.length() - ".class".length())));
				}
			}
		}
		return types;
	}

	private static Class<?> load(String name) {
		try {
			return Class.forName(name, false, null);
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static List<Executable> methods(Class<?> type) {
		return Stream
			.<Executable>concat(Stream.of(type.getDeclaredMethods()), Stream.of(type.getDeclaredConstructors()))
			.toList();
	}

	private static boolean isHidden(Executable method) {
		return Arrays.stream(method.getDeclaredAnnotations())
			.anyMatch((annotation) -> annotation.annotationType().getSimpleName().equals("Hidden"));
	}

}
