package dev.profiled.jfr;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ClassNames}.
 */
class ClassNamesTests {

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
		assertThat(ClassNames.normalise(name)).isEqualTo(expected);
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
		assertThat(ClassNames.normalise(name)).isEqualTo(expected);
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
		assertThat(ClassNames.normalise(name.replace('.', '/'))).isEqualTo(name);
	}

}
