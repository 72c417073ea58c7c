package dev.profiled.render;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

import dev.profiled.profile.ProfileEvent;

/**
 * Writes numbers as the page does: three significant digits, always a unit.
 */
final class Quantity {

	private static final String[] TIMES = { "ns", "\u00b5s", "ms", "s" };

	private static final String[] BYTES = { "B", "kB", "MB", "GB", "TB" };

	private Quantity() {
	}

	static String of(double value, ProfileEvent event) {
		return scaled(value, event.unit().equals("ns") ? TIMES : BYTES);
	}

	static String nanos(double value) {
		return scaled(value, TIMES);
	}

	static String bytes(double value) {
		return scaled(value, BYTES);
	}

	static String percent(double part, double whole) {
		double value = (whole > 0) ? 100 * part / whole : 0;
		return ((value > 0 && value < 0.01) ? "< 0.01" : significant(value)) + " %";
	}

	private static String scaled(double value, String[] units) {
		double scaled = value;
		int unit = 0;
		while (Math.abs(scaled) >= 999.5 && unit < units.length - 1) {
			scaled /= 1000;
			unit++;
		}
		return significant(scaled) + " " + units[unit];
	}

	private static String significant(double value) {
		if (value == Math.rint(value) && Math.abs(value) < 1000) {
			return String.valueOf((long) value);
		}
		BigDecimal rounded = new BigDecimal(value).round(new MathContext(3, RoundingMode.HALF_UP));
		return rounded.setScale(Math.max(0, rounded.scale()), RoundingMode.UNNECESSARY).toPlainString();
	}

}
