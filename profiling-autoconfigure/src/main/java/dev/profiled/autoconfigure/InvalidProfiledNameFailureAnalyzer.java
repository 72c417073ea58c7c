package dev.profiled.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import dev.profiled.code.InvalidProfiledNameException;

/**
 * Explains a name that is not allowed.
 */
final class InvalidProfiledNameFailureAnalyzer extends AbstractFailureAnalyzer<InvalidProfiledNameException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidProfiledNameException cause) {
		String description = "The name '" + cause.getName() + "' of " + cause.getAnnotation()
				+ " is not allowed. It would be the last part of the flame graph's address.";
		String action = "Choose a name of up to 100 letters (a-z, A-Z), digits, '.', '_' and '-' that begins with a "
				+ "letter or digit, such as '" + cause.getSuggestion() + "'. Or leave it out: the default is '"
				+ cause.getDefaultName() + "'.";
		return new FailureAnalysis(description, action, cause);
	}

}
