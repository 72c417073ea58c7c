/*
 * How numbers, times and names are written: three significant digits, always a unit, thin spaces for thousands.
 * Pure functions; nothing here touches the page.
 */
(function (viewer) {
	'use strict';

	const THIN_SPACE = '\u202f';
	const NO_BREAK_SPACE = '\u00a0';

	const TIME_UNITS = [
		{ size: 1, name: 'ns' },
		{ size: 1e3, name: 'µs' },
		{ size: 1e6, name: 'ms' },
		{ size: 1e9, name: 's' },
		{ size: 60e9, name: 'min', from: 120e9 },
		{ size: 3600e9, name: 'h', from: 7200e9 }
	];

	const BYTE_UNITS = [
		{ size: 1, name: 'B' },
		{ size: 1e3, name: 'kB' },
		{ size: 1e6, name: 'MB' },
		{ size: 1e9, name: 'GB' },
		{ size: 1e12, name: 'TB' }
	];

	/**
	 * A whole number with thin spaces for thousands: `1 204`.
	 * @param {number} value
	 * @returns {string}
	 */
	function count(value) {
		return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, THIN_SPACE);
	}

	/**
	 * Three significant digits, never in exponent notation.
	 * @param {number} value
	 * @returns {string}
	 */
	function significant(value) {
		const rounded = Number(value.toPrecision(3));
		const magnitude = Math.abs(rounded);
		if (magnitude >= 100) {
			return count(rounded);
		}
		if (magnitude >= 10) {
			return rounded.toFixed(1);
		}
		return rounded.toFixed((magnitude >= 1) ? 2 : (magnitude >= 0.1) ? 3 : 4);
	}

	function scaled(value, units) {
		if (!Number.isFinite(value)) {
			return '–';
		}
		const magnitude = Math.abs(value);
		let unit = units[0];
		for (const candidate of units) {
			// A value that rounds up to the next unit is written in it: 999.6 µs is 1.00 ms.
			if (magnitude >= (candidate.from ?? candidate.size * 0.9995)) {
				unit = candidate;
			}
		}
		const number = (unit.size === 1 && Number.isInteger(value)) ? count(value) : significant(value / unit.size);
		return number + NO_BREAK_SPACE + unit.name;
	}

	/**
	 * A weight in its unit: nanoseconds and bytes are scaled, anything else is a plain number.
	 * @param {number} value
	 * @param {string} unit `ns`, `bytes` or another word
	 * @returns {string}
	 */
	function quantity(value, unit) {
		if (unit === 'ns') {
			return scaled(value, TIME_UNITS);
		}
		if (unit === 'bytes') {
			return scaled(value, BYTE_UNITS);
		}
		return Number.isInteger(value) ? count(value) : significant(value);
	}

	/**
	 * A share as percent: `37.2 %`. Something is never shown as nothing.
	 * @param {number} part
	 * @param {number} whole
	 * @returns {string}
	 */
	function percent(part, whole) {
		const value = (whole > 0) ? 100 * part / whole : 0;
		if (value === 0) {
			return '0' + NO_BREAK_SPACE + '%';
		}
		if (value < 0.01) {
			return '<' + NO_BREAK_SPACE + '0.01' + NO_BREAK_SPACE + '%';
		}
		return significant(value) + NO_BREAK_SPACE + '%';
	}

	/**
	 * A stretch of time in words as short as possible: `12 min`.
	 * @param {number} milliseconds
	 * @returns {string}
	 */
	function stretch(milliseconds) {
		const seconds = Math.max(1, Math.round(milliseconds / 1000));
		if (seconds < 100) {
			return seconds + NO_BREAK_SPACE + 's';
		}
		if (seconds < 100 * 60) {
			return Math.round(seconds / 60) + NO_BREAK_SPACE + 'min';
		}
		if (seconds < 72 * 3600) {
			return Math.round(seconds / 3600) + NO_BREAK_SPACE + 'h';
		}
		return viewer.language.say('days', { n: Math.round(seconds / 86400) });
	}

	/**
	 * A moment in local time with its zone, written as in the language that is spoken.
	 * @param {Date} date
	 * @returns {string}
	 */
	function moment(date) {
		return new Intl.DateTimeFormat(viewer.language.locale(), { dateStyle: 'medium', timeStyle: 'long' }).format(date);
	}

	/**
	 * The local time of day, with the date if that is not today.
	 * @param {Date} date
	 * @param {Date} now
	 * @returns {string}
	 */
	function clock(date, now) {
		const today = date.toDateString() === now.toDateString();
		const options = today ? { timeStyle: 'short' } : { dateStyle: 'medium', timeStyle: 'short' };
		return new Intl.DateTimeFormat(viewer.language.locale(), options).format(date);
	}

	/**
	 * Text with everything visible that could reorder, hide or break it: `‹U+202E›` for a right-to-left override.
	 * @param {unknown} text
	 * @returns {string}
	 */
	function visible(text) {
		return String(text).replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (character) => '‹U+'
				+ character.codePointAt(0).toString(16).toUpperCase().padStart(4, '0') + '›');
	}

	/**
	 * The words in a camel-case name: `truncatedSamples` is `truncated samples`.
	 * @param {string} name
	 * @returns {string}
	 */
	function words(name) {
		return visible(name).replace(/([a-z])([A-Z])/g, (match, left, right) => left + ' ' + right.toLowerCase());
	}

	viewer.format = { count, quantity, percent, stretch, moment, clock, visible, words };

})(globalThis.ProfiledViewer ??= {});
