package dev.profiled.actuate;

import java.io.Flushable;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

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
		public @Nullable String value(String name) {
			return null;
		}

		@Override
		public List<String> reportUnknown(Set<String> known) {
			return List.of();
		}

		@Override
		public void nameDownload(String name) {
		}

		@Override
		public Flushable response() {
			return () -> {
			};
		}

	};

	/**
	 * Return the value of a parameter of the current request.
	 * @param name the name of the parameter
	 * @return the first value, or {@code null} if there is none or it cannot be seen
	 */
	@Nullable String value(String name);

	/**
	 * Tell the caller which parameters of the current request were not understood.
	 * @param known the names that are understood
	 * @return the others, encoded as in an address; if there are too many, the last entry
	 * says how many more
	 */
	List<String> reportUnknown(Set<String> known);

	/**
	 * Tell the caller what the answer is to be called as a file, if it is to be one.
	 * @param name the name of the file
	 */
	void nameDownload(String name);

	/**
	 * Return what sends the caller what was written of the answer so far, which others
	 * may keep back.
	 * @return the answer to the current request
	 */
	Flushable response();

}
