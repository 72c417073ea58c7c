/*
 * The split bar: where the elapsed time of requests went, as one slim bar. A host that lists many requests or endpoints
 * can draw one for each; it needs nothing but base.css, split.css and the JSON of a `split`.
 *
 *     const bar = new ProfiledViewer.SplitBar();
 *     bar.show(profile.split);
 *     cell.append(bar.element);
 */
(function (viewer) {
	'use strict';

	const { format, model, dom } = viewer;
	const { say, list } = viewer.language;
	const { element } = dom;

	/**
	 * The parts of a split, as they are shown; those without any time are left out.
	 * @param {object|null|undefined} split as in the JSON of a profile
	 * @returns {{id: string, nanos: number, perRequest: number, share: number}[]} `share` is of 1
	 */
	function partsOf(split) {
		if (!(split?.requests > 0)) {
			return [];
		}
		const parts = model.TIMES.map((id) => ({ id, nanos: Math.max(0, Number(split[id]) || 0) }));
		const sum = parts.reduce((total, { nanos }) => total + nanos, 0);
		return parts.filter(({ nanos }) => nanos > 0)
			.map(({ id, nanos }) => ({ id, nanos, perRequest: nanos / split.requests, share: nanos / sum }));
	}

	/** @returns {string} a part in words: `Socket: 97.3 ms per request, 57.1 %` */
	function partInWords({ id, perRequest, share }) {
		return say('split.part', {
			name: model.timeName(id), time: format.quantity(perRequest, 'ns'), share: format.percent(share, 1)
		});
	}

	/**
	 * The bar. Without a listener it is a picture, with one each part is a button, walked with the arrow keys.
	 */
	class SplitBar {

		/**
		 * @param {object} [listener]
		 * @param {(id: string) => void} listener.chosen a part was chosen, be it again
		 * @param {(part: object|null, segment: HTMLElement) => void} listener.pointed a part is pointed at or focused, or none
		 */
		constructor(listener) {
			this.listener = listener;
			this.parts = [];
			this.segments = new Map(model.TIMES.map((id) => [id, this.#segment(id)]));
			this.track = element('div', { class: 'track' }, ...this.segments.values());
			this.caption = element('span', { class: 'caption', 'aria-hidden': 'true' });
			this.element = element('div', { class: 'split', role: listener ? 'group' : 'img', hidden: true },
					this.caption, this.track);
			this.element.addEventListener('keydown', (event) => this.#walked(event));
		}

		/**
		 * Shows a split, or nothing and takes no room if there is none.
		 * @param {object|null|undefined} split
		 * @param {boolean} [enabled] whether parts can be chosen
		 */
		show(split, enabled = true) {
			this.parts = partsOf(split);
			this.element.hidden = this.parts.length === 0;
			const byId = new Map(this.parts.map((part) => [part.id, part]));
			for (const [id, segment] of this.segments) {
				const part = byId.get(id);
				segment.hidden = !part;
				segment.style.flexGrow = part?.share ?? 0;
				if (part) {
					segment.lastChild.textContent = format.quantity(part.perRequest, 'ns') + ' · ' + format.percent(part.share, 1);
					if (this.listener) {
						segment.setAttribute('aria-label', partInWords(part));
						segment.setAttribute('aria-disabled', String(!enabled));
					}
				}
			}
			if (this.parts.length > 0) {
				const elapsed = format.quantity(this.parts.reduce((sum, { perRequest }) => sum + perRequest, 0), 'ns');
				this.caption.textContent = say('split.elapsed', { elapsed });
				this.element.setAttribute('aria-label', say('split.label', { elapsed })
						+ (this.listener ? '' : ' ' + list(this.parts.map(partInWords))));
				this.#giveTabStop(this.#visible().find((segment) => segment.tabIndex === 0) ?? this.#visible()[0]);
			}
		}

		/** Marks a part that is a button as chosen; null for none. */
		select(id) {
			this.segments.forEach((segment, candidate) => segment.setAttribute('aria-pressed', String(candidate === id)));
		}

		#segment(id) {
			const { listener } = this;
			const part = () => this.parts.find((candidate) => candidate.id === id);
			const segment = element(listener ? 'button' : 'span', {
				type: listener && 'button', class: 'segment', 'data-time': id, hidden: true, ...(listener && {
					'aria-pressed': 'false',
					onclick: () => (segment.getAttribute('aria-disabled') === 'true') || listener.chosen(id),
					onpointerenter: () => listener.pointed(part(), segment),
					onpointerleave: () => listener.pointed(null, segment),
					onfocus: () => listener.pointed(segment.matches(':focus-visible') ? part() : null, segment),
					onblur: () => listener.pointed(null, segment)
				})
			}, element('span', { class: 'what' }, model.timeName(id)), element('span', { class: 'figure' }));
			const { fill, ink } = viewer.timeColours(id);
			segment.style.backgroundColor = fill;
			segment.style.color = ink;
			return segment;
		}

		#visible() {
			return [...this.segments.values()].filter((segment) => !segment.hidden);
		}

		/** One stop for the Tab key, however many parts there are. */
		#giveTabStop(chosen) {
			if (this.listener) {
				this.segments.forEach((segment) => segment.tabIndex = (segment === chosen) ? 0 : -1);
			}
		}

		#walked(event) {
			const next = dom.walk(event, this.#visible());
			if (next) {
				this.#giveTabStop(next);
			}
		}

	}

	viewer.SplitBar = SplitBar;
	viewer.split = { partsOf, partInWords };

})(globalThis.ProfiledViewer ??= {});
