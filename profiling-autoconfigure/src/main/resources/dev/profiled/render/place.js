/*
 * Where the reader is, as a link can carry it, and what the reader prefers, as a browser can remember it.
 */
(function (viewer) {
	'use strict';

	const STORAGE_KEY = 'profiled.viewer';

	/**
	 * What the reader prefers, where the browser lets us remember: not in a sandboxed frame, and not everywhere else.
	 */
	const preferences = {
		read() {
			try {
				return JSON.parse(globalThis.localStorage.getItem(STORAGE_KEY)) ?? {};
			}
			catch {
				return {};
			}
		},
		write(changes) {
			try {
				globalThis.localStorage.setItem(STORAGE_KEY, JSON.stringify({ ...this.read(), ...changes }));
			}
			catch {
				// Then the choice lasts as long as the page.
			}
		}
	};

	/**
	 * What the reader has chosen, as a link can carry it; what is left out is as usual.
	 * @typedef {object} Place
	 * @property {string} [zoom] the key of a node
	 * @property {string} [search]
	 * @property {string} [kinds] the categories filtered for, with commas; `cpu` is all time on a CPU
	 * @property {string} [method] the key of the selected method
	 * @property {'flame'|'icicle'} [layout] by default what was remembered
	 * @property {'open'|'closed'} [methods] the drawer; by default what was remembered
	 * @property {string} [order] what the drawer sorts by, with a minus in front for the largest first; by default `-self`
	 * @property {'open'} [root] the common root, which is folded otherwise
	 * @property {'folded'} [frameworks]
	 */

	const PLACE = ['zoom', 'search', 'kinds', 'method', 'layout', 'methods', 'order', 'root', 'frameworks'];

	/** A place with nothing else in it, always in this order; of a value that was given twice the first. */
	function placeOf(values, names = PLACE) {
		return Object.fromEntries(names
			.map((name) => [name, [values[name]].flat()[0]])
			.filter(([, value]) => value)
			.map(([name, value]) => [name, String(value)]));
	}

	function samePlace(one, other) {
		return JSON.stringify(placeOf(one)) === JSON.stringify(placeOf(other));
	}

	viewer.preferences = preferences;
	viewer.PLACE = PLACE;
	viewer.placeOf = placeOf;
	viewer.samePlace = samePlace;

})(globalThis.ProfiledViewer ??= {});
