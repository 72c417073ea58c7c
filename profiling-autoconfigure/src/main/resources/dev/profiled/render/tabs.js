/*
 * The tabs that lead from the graph of one event to that of another.
 */
(function (viewer) {
	'use strict';

	const { format, dom } = viewer;
	const { say, knows } = viewer.language;
	const { element } = dom;

	/** The events that are known, in the order of their tabs: the first has the key 1. */
	const EVENTS = ['cpu', 'wall', 'alloc', 'lock'];

	/** @returns {string} the short name of an event */
	function tabName(event) {
		return knows('tab.' + event) ? say('tab.' + event) : format.visible(event);
	}

	class EventTabs {

		/**
		 * @param {HTMLElement} panel what the tabs lead to
		 * @param {(event: string) => void} chosen is told which tab was chosen, be it another or the same
		 */
		constructor(panel, chosen) {
			this.panel = panel;
			this.chosen = chosen;
			this.tabs = new Map();
			this.element = element('div', { class: 'tabs', role: 'tablist', 'aria-label': say('events'), hidden: true });
			this.element.addEventListener('keydown', (event) => this.#walked(event));
		}

		/**
		 * @param {Iterable<string>} events those that there is a graph for; one alone needs no tab
		 * @param {string} current the one whose graph is shown
		 * @param {string|null} awaited the one that was chosen and is not there yet
		 */
		show(events, current, awaited) {
			const offered = new Set(events);
			const sorted = [...EVENTS.filter((event) => offered.has(event)),
				...[...offered].filter((event) => !EVENTS.includes(event)).sort()];
			if (sorted.join('\n') !== [...this.tabs.keys()].join('\n')) {
				this.tabs = new Map(sorted.map((event, index) => [event, this.#tab(event, index)]));
				this.element.replaceChildren(...this.tabs.values());
			}
			const chosen = awaited ?? current;
			for (const [event, tab] of this.tabs) {
				tab.setAttribute('aria-selected', String(event === chosen));
				tab.setAttribute('aria-busy', String(event === awaited));
				tab.tabIndex = (event === chosen) ? 0 : -1;
			}
			this.element.hidden = this.tabs.size < 2;
			if (this.element.hidden) {
				this.panel.removeAttribute('role');
				this.panel.removeAttribute('aria-labelledby');
			}
			else {
				this.panel.setAttribute('role', 'tabpanel');
				this.panel.setAttribute('aria-labelledby', this.tabs.get(chosen)?.id ?? '');
			}
		}

		/** @returns {string[]} the events that have a tab */
		events() {
			return [...this.tabs.keys()];
		}

		has(event) {
			return this.tabs.has(event);
		}

		/** Chooses the tab of a key: `1` for the first known event, whether or not it is the first of those here. */
		press(key) {
			const event = EVENTS[key - 1];
			if (!this.element.hidden && this.tabs.has(event)) {
				this.chosen(event);
			}
		}

		#tab(event, index) {
			const key = EVENTS.indexOf(event) + 1;
			const hint = knows('hint.tab.' + event) ? say('hint.tab.' + event) + (key ? ' (' + key + ')' : '') : null;
			return element('button', {
				type: 'button', role: 'tab', class: 'tab', id: 'tab-' + index, 'data-event': event, 'data-label': tabName(event),
				title: hint,
				'aria-controls': this.panel.id, onclick: () => this.chosen(event)
			}, tabName(event));
		}

		#walked(event) {
			dom.walk(event, [...this.tabs.values()])?.click();
		}

	}

	viewer.EventTabs = EventTabs;

})(globalThis.ProfiledViewer ??= {});
