package dev.profiled.actuate;

import java.util.List;
import java.util.Set;

/**
 * The query parameters of the current request, where they can be seen: an operation is
 * only given those that it knows.
 */
public interface QueryParameters {

	/**
	 * Sees none.
	 */
	QueryParameters INVISIBLE = new QueryParameters() {

		@Override
		public boolean contains(String name) {
			return false;
		}

		@Override
		public List<String> reportUnknown(Set<String> known) {
			return List.of();
		}

	};

	/**
	 * Whether the current request has a parameter.
	 * @param name the name of the parameter
	 * @return whether it is seen
	 */
	boolean contains(String name);

	/**
	 * Tell the caller which parameters of the current request were not understood.
	 * @param known the names that are understood
	 * @return the others, as far as they can be repeated safely
	 */
	List<String> reportUnknown(Set<String> known);

}
