/*
 * Building elements without markup: whatever comes from a profile only ever becomes text or an attribute's value.
 */
(function (viewer) {
	'use strict';

	const SVG = 'http://www.w3.org/2000/svg';

	const ICONS = {
		search: 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9ZM10.5 10.5 14 14',
		reset: 'M3 8a5 5 0 1 0 1.6-3.7M3 2.5v3h3',
		fold: 'M2.5 8h11M5 2.5 8 5.5l3-3M5 13.5l3-3 3 3',
		frameworks: 'M2.5 3.5h11M2.5 12.5h11M4.5 6.5h7M4.5 9.5h7',
		flip: 'M5 13V3M2.5 5.5 5 3l2.5 2.5M11 3v10M8.5 10.5 11 13l2.5-2.5',
		table: 'M2.5 3h11v10h-11zM2.5 6.5h11M9.5 3v10',
		help: 'M5.8 6a2.2 2.2 0 1 1 3.2 2c-.7.4-1 .8-1 1.6M8 12.2v.3',
		close: 'M4 4l8 8M12 4l-8 8'
	};

	/**
	 * Makes an element. Attributes named `on…` are listeners, `true` and `false` set and leave out an attribute.
	 * @param {string} name
	 * @param {Object<string, unknown>} [attributes]
	 * @param {...(Node|string|number|null|false)} children
	 * @returns {HTMLElement}
	 */
	function element(name, attributes = {}, ...children) {
		const made = document.createElement(name);
		for (const [key, value] of Object.entries(attributes)) {
			if (key.startsWith('on')) {
				made.addEventListener(key.slice(2), value);
			}
			else if (value !== false && value !== null && value !== undefined) {
				made.setAttribute(key, (value === true) ? '' : String(value));
			}
		}
		made.append(...children.filter((child) => child !== null && child !== false && child !== undefined));
		return made;
	}

	/** A line drawing that takes the colour of the text around it. */
	function icon(name) {
		const svg = document.createElementNS(SVG, 'svg');
		svg.setAttribute('viewBox', '0 0 16 16');
		svg.setAttribute('aria-hidden', 'true');
		const path = document.createElementNS(SVG, 'path');
		path.setAttribute('d', ICONS[name]);
		svg.append(path);
		return svg;
	}

	/** A button with an icon and a label, which stays its name where only the icon has room. */
	function button(name, label, title, listener) {
		return element('button', { type: 'button', class: 'button', title, 'aria-label': label, onclick: listener },
				icon(name), element('span', { class: 'label' }, label));
	}

	/** A button that says what it does. */
	function textButton(name, listener, label = '') {
		return element('button', { type: 'button', class: 'button ' + name, onclick: listener }, label);
	}

	/** A bar whose length is a share of its room. */
	function bar(share, className) {
		const filled = element('span', { class: 'filled ' + className });
		filled.style.width = Math.min(100, 100 * share) + '%';
		return element('span', { class: 'gauge', 'aria-hidden': 'true' }, filled);
	}

	/** Gives a container new children, if they differ from those it has: what stays is not read out or unfocused again. */
	function fill(container, children) {
		const present = container.childNodes;
		if (present.length !== children.length || children.some((child, index) => !child.isEqualNode(present[index]))) {
			container.replaceChildren(...children);
		}
	}

	/** Hands the focus on from what is about to go: else the keyboard would begin again at the top of the page. */
	function handFocusOn(leaving, heir) {
		if (leaving.contains(leaving.getRootNode().activeElement)) {
			heir.focus({ preventScroll: true });
		}
	}

	/**
	 * Moves the focus among elements in a row that are one stop for the Tab key: arrows, Home and End.
	 * @param {KeyboardEvent} event
	 * @param {HTMLElement[]} row
	 * @returns {HTMLElement|null} where the focus is now, if the key moved it
	 */
	function walk(event, row) {
		const at = row.indexOf(event.target);
		const steps = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: row.length - 1 };
		if (at < 0 || !Object.hasOwn(steps, event.key) || event.ctrlKey || event.metaKey || event.altKey) {
			return null;
		}
		event.preventDefault();
		const next = row[(steps[event.key] + row.length) % row.length];
		next.focus();
		return next;
	}

	viewer.dom = { element, icon, button, textButton, bar, fill, handFocusOn, walk };

})(globalThis.ProfiledViewer ??= {});
