/*
 * The legend: what kinds of frames there are, in which colours, how much of the graph is theirs; each a filter.
 */
(function (viewer) {
	'use strict';

	const { format, model, dom } = viewer;
	const { say } = viewer.language;
	const { element } = dom;

	class Legend {

		/** @param {(category: number) => void} toggled is told which kind was chosen, or chosen again */
		constructor(toggled) {
			this.toggled = toggled;
			this.entries = new Map();
			this.element = element('div', { class: 'legend', role: 'group', 'aria-label': say('filterByKind') });
		}

		clear() {
			this.entries = new Map();
			this.element.replaceChildren();
		}

		/** Lists the kinds of frames that a tree has. */
		show(tree, palette) {
			const shares = tree.shareByCategory();
			const present = model.CATEGORIES.map((_, category) => category)
				.filter((category) => tree.frames.some((frame, index) =>
					frame.category === category && tree.occurrences[index] > 0));
			this.entries = new Map(present.map((category) =>
				[category, this.#entry(category, format.percent(shares[category], tree.total[0]))]));
			this.element.replaceChildren(element('span', { class: 'legend-title' }, say('self')), ...this.entries.values());
			this.setPalette(palette);
		}

		setPalette(palette) {
			this.entries.forEach((entry, category) =>
				entry.querySelector('.swatch').style.backgroundColor = palette.swatch(category));
		}

		/** @param {Set<number>} categories those that are filtered for */
		press(categories) {
			this.entries.forEach((entry, category) => entry.setAttribute('aria-pressed', String(categories.has(category))));
		}

		has(category) {
			return this.entries.has(category);
		}

		#entry(category, share) {
			const { id, name } = model.CATEGORIES[category];
			return element('button', {
				type: 'button', class: 'entry', 'aria-pressed': 'false', 'data-category': id,
				title: say((id === 'cut') ? 'shareCut' : 'share', { share }), onclick: () => this.toggled(category)
			}, element('span', { class: 'swatch ' + id }), name, element('span', { class: 'share' }, share));
		}

	}

	viewer.Legend = Legend;

})(globalThis.ProfiledViewer ??= {});
