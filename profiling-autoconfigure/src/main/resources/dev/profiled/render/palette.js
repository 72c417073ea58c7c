/*
 * The colours of the graph. A frame has the same colour in every graph: its hue comes from a hash of its package, its
 * lightness from a hash of its class. All fills are OKLCH, where lightness alone decides about contrast, so that the
 * text on every frame keeps a ratio of at least 4.5 whatever the hue.
 */
(function (viewer) {
	'use strict';

	/*
	 * `fills` says how each category is filled, in the order of the model's CATEGORIES: lightness (spread by class),
	 * chroma, and hue (spread by package). `times` says how each of the model's TIMES is filled and written on: they
	 * differ in lightness as well as in hue, for eyes that see few hues.
	 */

	const LIGHT = {
		background: '#fbfaf7', text: '#1f1c17', muted: '#655f55', line: '#dedad1', dim: '#efece5',
		bar: '#e6e0d2', barText: '#3b352a', match: '#ff96cf', matchText: '#25031a',
		outline: '#1f1c17', focus: '#1d5fd1', hatch: '#b9b2a4',
		fills: [
			{ lightness: [0.76, 0.84], chroma: 0.155, hue: [36, 88], text: '#1d1004' },
			{ lightness: [0.885, 0.925], chroma: 0.032, hue: [95, 165], text: '#26251c' },
			{ lightness: [0.9, 0.935], chroma: 0.01, hue: [70, 100], text: '#2b2822' },
			{ lightness: [0.79, 0.84], chroma: 0.045, hue: [238, 252], text: '#0f1a26' },
			{ lightness: [0.77, 0.82], chroma: 0.095, hue: [298, 310], text: '#1c0d2b' },
			{ lightness: [0.82, 0.86], chroma: 0.08, hue: [195, 210], text: '#04211f' },
			{ lightness: [0.92, 0.92], chroma: 0.008, hue: [80, 80], text: '#26231d' }
		],
		times: {
			cpu: ['#ee9440', '#1d1004'], core: ['#f6d365', '#241c02'], lock: ['#9b2f6b', '#ffffff'], pool: ['#6cc3b5', '#04211f'],
			socket: ['#2a66ae', '#ffffff'], file: ['#85592c', '#ffffff'], sleep: ['#ccd6e2', '#16202b'], gc: ['#474d59', '#ffffff'],
			other: ['#a9a294', '#1f1c17']
		}
	};

	const DARK = {
		background: '#171512', text: '#ece8e0', muted: '#a8a194', line: '#38342d', dim: '#262320',
		bar: '#3a3429', barText: '#e8dfcc', match: '#f784c3', matchText: '#25031a',
		outline: '#ffffff', focus: '#8db4ff', hatch: '#6b6456',
		fills: [
			{ lightness: [0.7, 0.78], chroma: 0.15, hue: [36, 84], text: '#1a0e03' },
			{ lightness: [0.36, 0.4], chroma: 0.032, hue: [100, 165], text: '#eeebe2' },
			{ lightness: [0.32, 0.36], chroma: 0.01, hue: [70, 100], text: '#e8e4dc' },
			{ lightness: [0.41, 0.45], chroma: 0.05, hue: [238, 252], text: '#eaf1f8' },
			{ lightness: [0.41, 0.45], chroma: 0.1, hue: [298, 310], text: '#f5ecff' },
			{ lightness: [0.42, 0.46], chroma: 0.07, hue: [195, 210], text: '#e6fbf8' },
			{ lightness: [0.3, 0.3], chroma: 0.008, hue: [80, 80], text: '#eae6dd' }
		],
		times: {
			cpu: ['#ee9440', '#1d1004'], core: ['#f1cb55', '#241c02'], lock: ['#b34a86', '#ffffff'], pool: ['#5fb6a8', '#04211f'],
			socket: ['#3b78c2', '#ffffff'], file: ['#946433', '#ffffff'], sleep: ['#a9b6c5', '#10181f'], gc: ['#5a6270', '#ffffff'],
			other: ['#918a7c', '#14120e']
		}
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

	/** OKLCH as `#rrggbb`, which a canvas reads several times faster than `oklch(…)`: it does so for every box. */
	function hex(lightness, chroma, hue) {
		const a = chroma * Math.cos(hue * Math.PI / 180);
		const b = chroma * Math.sin(hue * Math.PI / 180);
		const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
		const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
		const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
		const channels = [
			4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
			-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
			-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s
		];
		return '#' + channels.map((linear) => {
			const value = Math.min(1, Math.max(0, linear));
			const encoded = (value <= 0.0031308) ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055;
			return Math.round(255 * encoded).toString(16).padStart(2, '0');
		}).join('');
	}

	function colour({ lightness, chroma, hue }, lightnessShare, hueShare) {
		return hex(between(lightness, lightnessShare), chroma, between(hue, hueShare));
	}

	/**
	 * The colours of a theme.
	 * @param {boolean} dark
	 */
	viewer.palette = function palette(dark) {
		const colours = dark ? DARK : LIGHT;
		const timeOf = (category) => colours.times[viewer.model.CATEGORIES[category].time];
		return {
			...colours,
			fillOf: (frame) => timeOf(frame.category)?.[0]
					?? colour(colours.fills[frame.category], hash(frame.className), hash(frame.place)),
			textOf: (frame) => timeOf(frame.category)?.[1] ?? colours.fills[frame.category].text,
			/** The colour that stands for a category in the legend. */
			swatch: (category) => timeOf(category)?.[0] ?? colour(colours.fills[category], 0.5, 0.5)
		};
	};

	/**
	 * The colours of one of the model's TIMES in a style sheet, which follow the theme around them.
	 * @param {string} id
	 * @returns {{fill: string, ink: string}}
	 */
	viewer.timeColours = function timeColours(id) {
		const [fill, ink] = [0, 1].map((part) => 'light-dark(' + LIGHT.times[id][part] + ', ' + DARK.times[id][part] + ')');
		return { fill, ink };
	};

})(globalThis.ProfiledViewer ??= {});
