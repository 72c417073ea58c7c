package dev.profiled.render;

import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntToLongFunction;

import org.jspecify.annotations.Nullable;

/**
 * Writes a JSON object, member by member.
 */
final class JsonWriter {

	private final StringBuilder json;

	private boolean empty = true;

	private JsonWriter(StringBuilder json) {
		this.json = json;
	}

	static String write(Consumer<JsonWriter> members) {
		StringBuilder json = new StringBuilder();
		write(json, members);
		return json.toString();
	}

	private static void write(StringBuilder json, Consumer<JsonWriter> members) {
		json.append('{');
		members.accept(new JsonWriter(json));
		json.append('}');
	}

	JsonWriter add(String name, @Nullable String value) {
		name(name);
		if (value != null) {
			string(value);
		}
		else {
			this.json.append("null");
		}
		return this;
	}

	JsonWriter add(String name, long value) {
		name(name).json.append(value);
		return this;
	}

	JsonWriter add(String name, @Nullable Boolean value) {
		name(name).json.append(value);
		return this;
	}

	JsonWriter add(String name, @Nullable Consumer<JsonWriter> members) {
		name(name);
		if (members != null) {
			write(this.json, members);
		}
		else {
			this.json.append("null");
		}
		return this;
	}

	JsonWriter add(String name, Map<String, Long> members) {
		return add(name, (object) -> members.forEach(object::add));
	}

	JsonWriter add(String name, Collection<String> values) {
		name(name).json.append('[');
		String separator = "";
		for (String value : values) {
			this.json.append(separator);
			string(value);
			separator = ",";
		}
		this.json.append(']');
		return this;
	}

	JsonWriter add(String name, int count, IntToLongFunction values) {
		name(name).json.append('[');
		for (int i = 0; i < count; i++) {
			this.json.append((i > 0) ? "," : "").append(values.applyAsLong(i));
		}
		this.json.append(']');
		return this;
	}

	private JsonWriter name(String name) {
		if (!this.empty) {
			this.json.append(',');
		}
		this.empty = false;
		string(name);
		this.json.append(':');
		return this;
	}

	private void string(String value) {
		this.json.append('"').append(Escaper.json(value)).append('"');
	}

}
