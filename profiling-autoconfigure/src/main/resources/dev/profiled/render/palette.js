/*
 * The colours of the graph. A frame has the same colour in every graph: its hue comes from a hash of its package, its
 * lightness from a hash of its class. All fills are OKLCH, where lightness alone decides about contrast, so that the
 * text on every frame keeps a ratio of at least 4.5 whatever the hue.
 */
(function (viewer) {
	'use strict';

	/*
	 * `fills` says how each category is filled, in the order of the model's CATEGORIES: lightness (spread by class),
	 * chroma, and hue (spread by package).
	 */

	const LIGHT = {
		background: '#fbfaf7', text: '#1f1c17', muted: '#655f55', line: '#dedad1', dim: '#efece5',
		bar: '#e6e0d2', barText: '#3b352a', match: 'oklch(0.8 0.16 345)', matchText: '#25031a',
		outline: '#1f1c17', focus: '#1d5fd1', hatch: '#b9b2a4',
		fills: [
			{ lightness: [0.76, 0.84], chroma: 0.155, hue: [36, 88], text: '#1d1004' },
			{ lightness: [0.885, 0.925], chroma: 0.032, hue: [95, 165], text: '#26251c' },
			{ lightness: [0.9, 0.935], chroma: 0.01, hue: [70, 100], text: '#2b2822' },
			{ lightness: [0.79, 0.84], chroma: 0.045, hue: [238, 252], text: '#0f1a26' },
			{ lightness: [0.77, 0.82], chroma: 0.095, hue: [298, 310], text: '#1c0d2b' },
			{ lightness: [0.82, 0.86], chroma: 0.08, hue: [195, 210], text: '#04211f' },
			{ lightness: [0.92, 0.92], chroma: 0.008, hue: [80, 80], text: '#26231d' }
		]
	};

	const DARK = {
		background: '#171512', text: '#ece8e0', muted: '#a8a194', line: '#38342d', dim: '#262320',
		bar: '#3a3429', barText: '#e8dfcc', match: 'oklch(0.76 0.17 345)', matchText: '#25031a',
		outline: '#ffffff', focus: '#8db4ff', hatch: '#6b6456',
		fills: [
			{ lightness: [0.7, 0.78], chroma: 0.15, hue: [36, 84], text: '#1a0e03' },
			{ lightness: [0.36, 0.4], chroma: 0.032, hue: [100, 165], text: '#eeebe2' },
			{ lightness: [0.32, 0.36], chroma: 0.01, hue: [70, 100], text: '#e8e4dc' },
			{ lightness: [0.41, 0.45], chroma: 0.05, hue: [238, 252], text: '#eaf1f8' },
			{ lightness: [0.41, 0.45], chroma: 0.1, hue: [298, 310], text: '#f5ecff' },
			{ lightness: [0.42, 0.46], chroma: 0.07, hue: [195, 210], text: '#e6fbf8' },
			{ lightness: [0.3, 0.3], chroma: 0.008, hue: [80, 80], text: '#eae6dd' }
		]
	};

	/** FNV-1a with a final mix, spread over [0, 1). */
	function hash(text) {
		let value = 0x811c9dc5;
		for (let index = 0; index < text.length; index++) {
			value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
		}
		value ^= value >>> 15;
		return (Math.imul(value, 0x2c1b3c6d) >>> 8) / 0x1000000;
	}

	function between([from, to], share) {
		return from + (to - from) * share;
	}

	function oklch({ lightness, chroma, hue }, lightnessShare, hueShare) {
		return 'oklch(' + between(lightness, lightnessShare).toFixed(3) + ' ' + chroma + ' '
				+ between(hue, hueShare).toFixed(1) + ')';
	}

	/**
	 * The colours of a theme.
	 * @param {boolean} dark
	 */
	viewer.palette = function palette(dark) {
		const colours = dark ? DARK : LIGHT;
		return {
			...colours,
			fillOf: (frame) => oklch(colours.fills[frame.category], hash(frame.className), hash(frame.place)),
			textOf: (frame) => colours.fills[frame.category].text,
			/** The colour that stands for a category in the legend. */
			swatch: (category) => oklch(colours.fills[category], 0.5, 0.5)
		};
	};

})(globalThis.ProfiledViewer ??= {});
