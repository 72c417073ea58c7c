package dev.profiled.jfr;

import java.util.regex.Pattern;

/**
 * Makes the names of classes comparable between two runs, two instances and two JDKs:
 * hidden and generated classes lose their numbers and addresses.
 */
final class ClassNames {

	private static final Pattern LAMBDA = Pattern.compile("\\$\\$Lambda(\\$\\d+)?([.+].*)?$");

	private static final Pattern ADDRESS = Pattern.compile("([.+](0x[0-9a-fA-F]+|\\d+))+$");

	private static final Pattern NUMBERED = Pattern
		.compile("(Generated(?:Serialization)?(?:Method|Constructor)Accessor|(?<![^.])\\$Proxy)\\d+$");

	/**
	 * The package of proxies, one for each class loader.
	 */
	private static final Pattern PROXY_PACKAGE = Pattern.compile("\\bjdk\\.proxy\\d+(?=\\.\\$Proxy)");

	private ClassNames() {
	}

	static String normalise(String internalName) {
		String name = internalName.replace('/', '.');
		name = LAMBDA.matcher(name).replaceFirst("\\$\\$Lambda");
		name = ADDRESS.matcher(name).replaceFirst("");
		name = NUMBERED.matcher(name).replaceFirst("$1");
		return PROXY_PACKAGE.matcher(name).replaceFirst("jdk.proxy");
	}

}
