/*
 * The one tooltip of the viewer, and what it says about a box of the graph or a part of the split bar.
 */
(function (viewer) {
	'use strict';

	const { format, model, dom, words } = viewer;
	const { say } = viewer.language;
	const { element } = dom;

	class Tooltip {

		constructor() {
			this.element = element('div', { class: 'tooltip', role: 'tooltip', hidden: true });
			this.subject = null;
		}

		hide() {
			this.element.hidden = true;
		}

		/**
		 * @param {unknown} subject what it is about; while that is the same the content stays
		 * @param {() => Node[]} content
		 * @param {{x: number, y: number}} point where that is
		 * @param {((height: number) => number)|null} [dock] says how high on the screen the tooltip is to be when it fills
		 * the width of a narrow page
		 */
		show(subject, content, point, dock = null) {
			if (subject !== this.subject || this.element.hidden) {
				this.element.replaceChildren(...content());
			}
			this.subject = subject;
			this.element.hidden = false;
			this.element.classList.toggle('docked', dock !== null);
			this.#place(point, dock);
		}

		isDocked() {
			return this.element.classList.contains('docked');
		}

		#place(point, dock) {
			const { style } = this.element;
			const page = this.element.parentElement.getBoundingClientRect();
			const { width, height } = this.element.getBoundingClientRect();
			if (dock) {
				style.left = '';
				style.top = dock(height) - page.top + 'px';
				return;
			}
			const right = point.x - page.left + 14;
			const left = (right + width > page.width - 4) ? point.x - page.left - width - 14 : right;
			const below = point.y - page.top + 18;
			const top = (below + height > page.height - 4) ? point.y - page.top - height - 12 : below;
			style.left = Math.max(4, Math.min(left, page.width - width - 4)) + 'px';
			style.top = Math.max(4, top) + 'px';
		}

	}

	/** The figures of a box: a node, or the bar of a group. */
	function figuresOf(tree, layout, box) {
		const group = layout.groupOf(box);
		const node = layout.nodeOf(box);
		return {
			group, node,
			frame: (group || node === 0) ? null : tree.frames[tree.frame[node]],
			self: group ? group.self : tree.ownSelf[node],
			selfSamples: group ? group.selfSamples : tree.ownSamples[node],
			total: tree.total[node],
			totalSamples: tree.totalSamples[node],
			parent: tree.total[Math.max(0, tree.parent[node])]
		};
	}

	function row(name, ...values) {
		return element('tr', {}, element('th', { scope: 'row' }, name), ...values.map((value) => element('td', {}, value)));
	}

	/**
	 * What there is to say about a box.
	 * @param {object} profile
	 * @param {object} tree
	 * @param {object} layout
	 * @param {number} box
	 * @param {string} label what the box says
	 * @returns {Node[]}
	 */
	function aboutBox(profile, tree, layout, box, label) {
		const figures = figuresOf(tree, layout, box);
		const { group, frame, node } = figures;
		const { requests } = profile;
		const quantity = (value) => format.quantity(value, profile.unit);
		const where = frame && [frame.place, model.CATEGORIES[frame.category].name].filter(Boolean).join(' · ');
		const index = frame ? tree.frame[node] : -1;
		const note = group ? say(layout.isClosed(box) ? 'tip.unfold' : 'tip.fold')
				: frame && tree.occurrences[index] > 1 && say('tip.together', {
					places: say('places', { n: tree.occurrences[index] }), weight: quantity(tree.methodTotal[index]),
					share: format.percent(tree.methodTotal[index], tree.total[0])
				});
		return [
			element('p', { class: 'name' }, element('bdi', {}, label)),
			where && element('p', { class: 'where' }, element('bdi', {}, where)),
			element('table', {},
					element('thead', {}, element('tr', {}, element('td'), element('th', { scope: 'col' }, say('tip.total')),
							element('th', { scope: 'col' }, say('tip.self')))),
					element('tbody', {},
							row(words.eventName(profile.event), quantity(figures.total), quantity(figures.self)),
							(requests > 0) ? row(say('tip.perRequest'), quantity(figures.total / requests),
									quantity(figures.self / requests)) : null,
							row(say('tip.ofAll'), format.percent(figures.total, tree.total[0]),
									format.percent(figures.self, tree.total[0])),
							row(say('tip.ofParent'), format.percent(figures.total, figures.parent),
									format.percent(figures.self, figures.parent)),
							row(say('tip.samples'), format.count(figures.totalSamples), format.count(figures.selfSamples)))),
			note && element('p', { class: 'note' }, note)
		].filter(Boolean);
	}

	/**
	 * What there is to say about a part of a split.
	 * @param {object} part one of `split.partsOf`
	 * @param {number} requests how many the split is of
	 * @returns {Node[]}
	 */
	function aboutTime(part, requests) {
		return [
			element('p', { class: 'name' }, element('bdi', {}, model.timeName(part.id))),
			element('p', { class: 'where' }, say('time.' + part.id + '.what')),
			element('table', {}, element('tbody', {},
					row(say('tip.perRequest'), format.quantity(part.perRequest, 'ns')),
					row(say('tip.ofElapsed'), format.percent(part.share, 1)),
					row(say('requests', { n: requests }), format.quantity(part.nanos, 'ns'))))
		];
	}

	viewer.Tooltip = Tooltip;
	viewer.tips = { figuresOf, aboutBox, aboutTime };

})(globalThis.ProfiledViewer ??= {});
