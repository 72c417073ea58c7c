package dev.profiled.jfr;

import java.util.regex.Pattern;

/**
 * Makes the names of classes comparable between two runs, two instances and two JDKs:
 * hidden and generated classes lose their numbers and addresses.
 */
final class ClassNames {

	private static final Pattern LAMBDA = Pattern.compile("\\$\\$Lambda.*$");

	private static final Pattern ADDRESS = Pattern.compile("([.+](0x[0-9a-fA-F]+|\\d+))+$");

	private static final Pattern NUMBERED = Pattern
		.compile("((?:Generated(?:Serialization)?(?:Method|Constructor)Accessor|\\$Proxy))\\d+$");

	private ClassNames() {
	}

	static String normalise(String internalName) {
		String name = internalName.replace('/', '.');
		name = LAMBDA.matcher(name).replaceFirst("\\$\\$Lambda");
		name = ADDRESS.matcher(name).replaceFirst("");
		return NUMBERED.matcher(name).replaceFirst("$1");
	}

}
