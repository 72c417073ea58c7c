package dev.profiled;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a controller method, or a controller class and thereby all its handler methods,
 * whose requests are profiled and merged into one flame graph. The method's own
 * annotation wins over its class's. It is found through meta-annotations, on interfaces
 * and on superclasses.
 * <p>
 * Handlers with the same name share a profile.
 *
 * <pre class="code">
 * &#064;GetMapping("/reports/sales")
 * &#064;Profiled("sales-report")
 * SalesReport sales() {
 * 	...
 * }
 * </pre>
 */
@Target({ ElementType.METHOD, ElementType.TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
public @interface Profiled {

	/**
	 * The name of the profile and the last part of its address,
	 * {@code /actuator/flamegraph/<name>}: a letter or digit, then up to 99 letters,
	 * digits, {@code '.'}, {@code '_'} or {@code '-'}. Any other name fails at start-up.
	 * The default is {@code SimpleClassName.methodName} of each handler.
	 * @return the name, or an empty string for the default
	 */
	String value() default "";

}
