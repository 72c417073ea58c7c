/*
 * The drawer with the top methods: a sortable table, and for the chosen method its callers and callees.
 */
(function (viewer) {
	'use strict';

	const { format, model, dom } = viewer;
	const { say } = viewer.language;
	const { element } = dom;

	const PAGE = 200;
	const NEIGHBOURS = 12;

	const COLUMNS = ['method', 'self', 'total'];

	class MethodDrawer {

		static USUAL_ORDER = '-self';

		static ORDERS = COLUMNS.flatMap((id) => [id, '-' + id]);

		/**
		 * @param {object} listener
		 * @param {(frame: number) => void} listener.selected a method was chosen, or -1
		 * @param {(order: string) => void} listener.sorted another order was chosen
		 * @param {(frame: number) => void} listener.pointed a method is pointed at, or -1
		 * @param {() => void} listener.closed
		 */
		constructor(listener) {
			this.listener = listener;
			this.order = MethodDrawer.USUAL_ORDER;
			this.selected = -1;
			this.lit = null;
			this.limit = PAGE;
			this.heads = COLUMNS.map((id) => element('th', { scope: 'col', class: id },
					element('button', { type: 'button', onclick: () => this.#sortBy(id) }, say(id))));
			this.body = element('tbody');
			this.more = element('button', { type: 'button', class: 'more', onclick: () => this.#showMore() });
			this.details = element('section', { class: 'details', hidden: true, 'aria-live': 'polite' });
			this.scroll = element('div', { class: 'scroll' },
					element('table', {},
							element('caption', { class: 'unseen' }, say('methodsByTime')),
							element('thead', {}, element('tr', {}, ...this.heads)),
							this.body),
					this.more);
			this.element = element('aside', { class: 'drawer', 'aria-label': say('topMethods'), hidden: true },
					element('header', {},
							element('h2', {}, say('topMethods')),
							element('button', {
								type: 'button', class: 'button close', 'aria-label': say('closeMethods'),
								onclick: () => listener.closed()
							}, dom.icon('close'))),
					this.details,
					this.scroll);
			this.body.addEventListener('keydown', (event) => this.#walk(event));
		}

		show(tree, unit) {
			this.tree = tree;
			this.unit = unit;
			this.selected = -1;
			this.#render();
		}

		/** Lists only methods that are lit by a search or a filter; null lists all. */
		narrow(lit) {
			this.lit = lit;
			this.limit = PAGE;
			this.#render();
		}

		select(frame) {
			this.selected = frame;
			this.#render();
		}

		setOpen(open) {
			this.element.hidden = !open;
			this.#render();
		}

		/** Sorts by a column, with a minus in front for the largest first. */
		setOrder(order) {
			if (order !== this.order) {
				this.order = order;
				this.limit = PAGE;
				this.#render();
				this.scroll.scrollTop = 0;
			}
		}

		#sortBy(column) {
			const first = (column === 'method') ? column : '-' + column;
			const second = (column === 'method') ? '-' + column : column;
			this.listener.sorted((this.order === first) ? second : first);
		}

		#showMore() {
			this.limit += PAGE;
			this.#render();
		}

		#sorted() {
			const { tree, order } = this;
			const compare = {
				method: (a, b) => compareText(tree.frames[a].label, tree.frames[b].label),
				self: (a, b) => tree.methodSelf[a] - tree.methodSelf[b] || tree.methodTotal[a] - tree.methodTotal[b],
				total: (a, b) => tree.methodTotal[a] - tree.methodTotal[b] || tree.methodSelf[a] - tree.methodSelf[b]
			}[order.replace('-', '')];
			const sign = order.startsWith('-') ? -1 : 1;
			return [...tree.frames.keys()]
				.filter((frame) => tree.occurrences[frame] > 0 && (!this.lit || this.lit[frame]))
				.sort((a, b) => sign * compare(a, b) || a - b);
		}

		#render() {
			if (!this.tree || this.element.hidden) {
				return;
			}
			COLUMNS.forEach((id, index) => {
				const direction = { [id]: 'ascending', ['-' + id]: 'descending' }[this.order];
				this.heads[index].setAttribute('aria-sort', direction ?? 'none');
			});
			const frames = this.#sorted();
			const focused = this.body.getRootNode().activeElement?.dataset?.frame;
			this.body.replaceChildren(...frames.slice(0, this.limit).map((frame) => this.#row(frame)));
			if (focused !== undefined) {
				this.body.querySelector('[data-frame="' + Number(focused) + '"]')?.focus();
			}
			const left = frames.length - this.limit;
			this.more.hidden = left <= 0;
			this.more.textContent = say('showMore', { shown: Math.min(left, PAGE), left: Math.max(0, left) });
			this.#renderDetails();
		}

		#row(frame) {
			const { tree } = this;
			const whole = tree.total[0];
			const chosen = frame === this.selected;
			return element('tr', {
				class: chosen ? 'chosen' : null,
				onpointerenter: () => this.listener.pointed(frame),
				onpointerleave: () => this.listener.pointed(-1),
				onclick: () => this.listener.selected(chosen ? -1 : frame)
			},
				element('th', { scope: 'row', class: 'method' }, this.#methodButton(frame, chosen)),
				this.#amount(tree.methodSelf[frame], whole, 'self'),
				this.#amount(tree.methodTotal[frame], whole, 'total'));
		}

		#methodButton(frame, chosen) {
			const { label, place, text, category } = this.tree.frames[frame];
			const { id, name, time } = model.CATEGORIES[category];
			// What is no method says what it is.
			const where = [place, (time || id === 'type') && name].filter(Boolean).join(' · ');
			return element('button', {
				type: 'button', 'data-frame': frame, title: format.visible(text), 'aria-pressed': chosen, class: 'name ' + id
			}, element('bdi', {}, label), where && element('small', {}, element('bdi', {}, where)));
		}

		#amount(value, whole, className) {
			return element('td', { class: className, title: format.quantity(value, this.unit) },
					element('span', { class: 'percent' }, format.percent(value, whole)), dom.bar(value / whole, className));
		}

		#renderDetails() {
			const { tree, selected } = this;
			this.details.hidden = selected < 0;
			if (selected < 0) {
				this.details.replaceChildren();
				return;
			}
			const { label, place } = tree.frames[selected];
			const { callers, callees } = tree.neighbours(selected);
			const total = tree.methodTotal[selected];
			const self = tree.methodSelf[selected];
			this.details.replaceChildren(
					element('div', { class: 'selected' },
							element('h3', {}, element('bdi', {}, label), place && element('small', {}, element('bdi', {}, place))),
							element('button', {
								type: 'button', class: 'button close', 'aria-label': say('clearSelection'),
								onclick: () => this.listener.selected(-1)
							}, dom.icon('close'))),
					element('p', {}, say('ofMethod', {
						total: format.quantity(total, this.unit), totalShare: format.percent(total, tree.total[0]),
						self: format.quantity(self, this.unit), selfShare: format.percent(self, tree.total[0]),
						places: say('places', { n: tree.occurrences[selected] })
					})),
					this.#neighbours(say('calledBy'), callers, total, 'callers', say('noCallers')),
					this.#neighbours(say('calls'), callees, total, 'callees', say('noCallees')));
		}

		#neighbours(title, neighbours, whole, className, none) {
			const shown = neighbours.filter(({ weight }) => weight > 0);
			const items = shown.slice(0, NEIGHBOURS).map(({ frame, weight }) => element('li', {},
					element('button', {
						type: 'button', class: 'name ' + model.CATEGORIES[this.tree.frames[frame].category].id,
						title: format.visible(this.tree.frames[frame].text),
						onclick: () => this.listener.selected(frame)
					}, element('bdi', {}, this.tree.frames[frame].label)),
					element('span', { class: 'percent' }, format.percent(weight, whole)),
					dom.bar(weight / whole, 'total')));
			if (shown.length > NEIGHBOURS) {
				items.push(element('li', { class: 'rest' }, say('andMore', { n: shown.length - NEIGHBOURS })));
			}
			return element('div', { class: className },
					element('h4', {}, title),
					(items.length > 0) ? element('ul', {}, ...items) : element('p', {}, none));
		}

		#walk(event) {
			const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
			const buttons = step ? [...this.body.querySelectorAll('button')] : [];
			const next = buttons[buttons.indexOf(event.target) + step];
			if (next) {
				event.preventDefault();
				event.stopPropagation();
				next.focus();
			}
		}

	}

	function compareText(a, b) {
		return (a < b) ? -1 : Number(a > b);
	}

	viewer.MethodDrawer = MethodDrawer;

})(globalThis.ProfiledViewer ??= {});
