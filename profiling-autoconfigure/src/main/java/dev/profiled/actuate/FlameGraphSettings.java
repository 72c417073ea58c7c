package dev.profiled.actuate;

import java.util.List;

import org.springframework.boot.actuate.endpoint.Access;

/**
 * What the endpoint has to know of the application.
 *
 * @param access which of its operations may be called
 * @param path the last part of its path
 * @param ownPackages the packages of the application
 */
public record FlameGraphSettings(Access access, String path, List<String> ownPackages) {

	public FlameGraphSettings {
		ownPackages = List.copyOf(ownPackages);
	}

}
