/*
 * The table of the profiled endpoints: sorts, filters, and takes newer figures without moving what the reader looks at.
 */
(function (viewer) {
	'use strict';

	const { format, dom, split } = viewer;
	const { say, knows, locale } = viewer.language;
	const { element } = dom;

	const sum = (counts) => Object.values(counts ?? {}).reduce((total, value) => total + value, 0);

	const time = (value) => (value === undefined) ? '–' : format.quantity(value, 'ns');

	/**
	 * The columns: what they sort by, what they say, and what they say to who points at them, and to screen readers. Those
	 * that older starters know nothing of are only there if there is anything in them.
	 * @type {{id: string, title?: string, figure?: boolean, optional?: boolean, picture?: boolean,
	 * value: (endpoint: object) => string|number|undefined, text?: (endpoint: object) => string,
	 * hint?: (endpoint: object) => string, spoken?: boolean}[]}
	 */
	const COLUMNS = [
		{ id: 'name', value: (endpoint) => endpoint.name, text: (endpoint) => format.visible(endpoint.name) },
		{ id: 'route', value: route, text: route, hint: route },
		figure('profiled', 'profiled', (endpoint) => endpoint.requests.profiled, format.count),
		{ ...figure('skipped', 'skipped', (endpoint) => sum(endpoint.requests.skipped), format.count), hint: reasons,
			spoken: true },
		figure('p50', 'latency', (endpoint) => endpoint.latency?.p50, time),
		figure('p95', 'latency', (endpoint) => endpoint.latency?.p95, time),
		figure('p99', 'latency', (endpoint) => endpoint.latency?.p99, time),
		{ id: 'times', title: 'times', optional: true, picture: true, value: shareOfWaits, hint: partsInWords },
		perRequest('cpu', 'ns', 'cpuTime'),
		{ ...figure('waits', 'waits', waits, time), optional: true },
		{ ...perRequest('alloc', 'bytes', 'allocatedBytes'), optional: true },
		{ ...figure('last', 'last', lastProfiled), text: ago, hint: (endpoint) => lastProfiled(endpoint)
				? format.moment(new Date(lastProfiled(endpoint))) : '' }
	];

	function figure(id, title, value, write) {
		return { id, title, figure: true, value, text: (endpoint) => write(value(endpoint)) };
	}

	function route(endpoint) {
		return (endpoint.patterns ?? []).map(format.visible).join(', ');
	}

	/** What a request costs, as the JVM counted it, or else as much as the samples of an event stand for. */
	function perRequest(event, unit, counter) {
		const measured = ({ measured: cost }) => (cost?.requests > 0 && cost[counter] > 0) ? cost[counter] / cost.requests
				: undefined;
		const estimated = ({ events, requests: { profiled } }) => (profiled > 0 && events?.[event]?.weight > 0)
				? events[event].weight / profiled : undefined;
		const isEstimated = (endpoint) => measured(endpoint) === undefined && estimated(endpoint) !== undefined;
		const value = (endpoint) => measured(endpoint) ?? estimated(endpoint);
		return {
			...figure(event, event, value),
			text: (endpoint) => (value(endpoint) === undefined) ? '–'
					: (isEstimated(endpoint) ? '≈\u00a0' : '') + format.quantity(value(endpoint), unit),
			hint: (endpoint) => isEstimated(endpoint) ? say('estimated') : '',
			spoken: true
		};
	}

	function waitsOf(endpoint) {
		return split.partsOf(endpoint.split).filter(({ id }) => id !== 'cpu');
	}

	/** The time in which a request was not on a CPU. */
	function waits(endpoint) {
		return endpoint.split ? waitsOf(endpoint).reduce((total, { perRequest: nanos }) => total + nanos, 0) : undefined;
	}

	function shareOfWaits(endpoint) {
		return endpoint.split ? waitsOf(endpoint).reduce((total, { share }) => total + share, 0) : undefined;
	}

	function partsInWords(endpoint) {
		return split.partsOf(endpoint.split).map(split.partInWords).join('\n');
	}

	function lastProfiled(endpoint) {
		return Date.parse(endpoint.lastProfiled ?? '') || undefined;
	}

	function ago(endpoint) {
		const last = lastProfiled(endpoint);
		if (!last) {
			return say('never');
		}
		const seconds = (Date.now() - last) / 1000;
		if (seconds < 10) {
			return say('justNow');
		}
		const [size, unit] = [[86_400, 'day'], [3600, 'hour'], [60, 'minute']].find(([from]) => seconds >= 1.5 * from)
				?? [1, 'second'];
		return new Intl.RelativeTimeFormat(locale(), { style: 'short' }).format(-Math.round(seconds / size), unit);
	}

	/** Why requests were not profiled, most frequent first. */
	function reasons(endpoint) {
		return Object.entries(endpoint.requests.skipped ?? {}).filter(([, count]) => count > 0)
			.sort((a, b) => b[1] - a[1])
			.map(([reason, count]) => format.count(count) + ': '
					+ (knows('skip.' + reason) ? say('skip.' + reason) : format.visible(reason)))
			.join('\n');
	}

	class EndpointTable {

		/**
		 * @param {{chosen: (name: string) => void, sorted: (sort: string) => void}} listener
		 */
		constructor(listener) {
			this.listener = listener;
			this.rows = new Map();
			this.bars = new Map();
			this.sort = '';
			this.headers = COLUMNS.map((column) => element('th', { scope: 'col', class: classOf(column) },
					element('button', { type: 'button', onclick: () => this.#sortBy(column) })));
			this.body = element('tbody');
			this.element = element('table', { class: 'endpoints' }, element('thead', {}, element('tr', {}, ...this.headers)),
					this.body);
		}

		/** Says everything in the language of now. */
		relabel() {
			this.element.setAttribute('aria-label', say('endpoints'));
			this.bars.clear();
			COLUMNS.forEach((column, index) => {
				const button = this.headers[index].firstChild;
				button.textContent = say('column.' + column.id);
				button.title = column.title ? say('title.' + column.title) : '';
			});
		}

		/**
		 * Shows endpoints.
		 * @param {object[]} endpoints
		 * @param {object} place
		 * @param {string} [place.endpoint] the one that is chosen
		 * @param {string} [place.filter] a part of the name or the route
		 * @param {string} [place.sort] the id of a column, with a minus in front for the largest first
		 */
		show(endpoints, { endpoint: chosen, filter = '', sort = '' }) {
			this.chosen = chosen;
			const by = COLUMNS.find((column) => column.id === sort.replace('-', '')) ?? COLUMNS[0];
			const descending = sort.startsWith('-');
			this.sort = (descending ? '-' : '') + by.id;
			const part = filter.trim().toLowerCase();
			this.absent = new Set(COLUMNS.filter(({ optional, value }) => optional
					&& endpoints.every((endpoint) => value(endpoint) === undefined)));
			this.headers.forEach((header, index) => {
				header.hidden = this.absent.has(COLUMNS[index]);
				header.setAttribute('aria-sort', (COLUMNS[index] !== by) ? 'none' : descending ? 'descending' : 'ascending');
			});
			const shown = endpoints
				.filter((endpoint) => (endpoint.name + '\n' + route(endpoint)).toLowerCase().includes(part))
				.sort((a, b) => compare(by.value(a), by.value(b), descending) || compare(a.name, b.name, false));
			this.rows = new Map(shown.map((endpoint) => [endpoint.name, this.#row(endpoint)]));
			this.#place([...this.rows.values()]);
		}

		get shown() {
			return this.body.children.length;
		}

		reveal() {
			this.rows.get(this.chosen)?.scrollIntoView({ block: 'nearest' });
		}

		#sortBy(column) {
			const largestFirst = column.figure || column.picture;
			const first = largestFirst ? '-' + column.id : column.id;
			const second = largestFirst ? column.id : '-' + column.id;
			this.listener.sorted((this.sort === first) ? second : first);
		}

		/** Puts the rows in order; moving a row takes the focus from it, so none is moved without need. */
		#place(rows) {
			const focused = this.body.getRootNode().activeElement;
			const order = [...this.body.children];
			if (rows.length !== order.length || rows.some((row, index) => row !== order[index])) {
				this.body.replaceChildren(...rows);
				if (focused && focused !== this.body.getRootNode().activeElement && this.body.contains(focused)) {
					focused.focus({ preventScroll: true });
				}
			}
		}

		#row(endpoint) {
			const row = this.rows.get(endpoint.name) ?? this.#newRow(endpoint.name);
			COLUMNS.forEach((column, index) => {
				const cell = row.children[index];
				const hint = column.hint?.(endpoint) ?? '';
				cell.hidden = this.absent.has(column);
				cell.title = hint;
				if (column.picture) {
					this.#draw(cell, endpoint);
					return;
				}
				const target = cell.querySelector('button') ?? cell;
				const content = element('span', {}, column.text(endpoint),
						column.spoken && hint && element('span', { class: 'unseen' }, ' (' + hint + ')'));
				dom.fill(target, [...content.childNodes]);
			});
			const chosen = endpoint.name === this.chosen;
			row.classList.toggle('chosen', chosen);
			row.querySelector('button').setAttribute('aria-pressed', String(chosen));
			return row;
		}

		#draw(cell, { name, split: times }) {
			const bar = this.bars.get(name) ?? new viewer.SplitBar();
			this.bars.set(name, bar);
			bar.show(times);
			if (bar.element !== cell.firstChild) {
				cell.replaceChildren(bar.element);
			}
		}

		#newRow(name) {
			const choose = element('button', { type: 'button', class: 'choose' });
			const cells = COLUMNS.slice(1).map((column) => element('td', { class: classOf(column) }));
			// The button is for keys and screen readers, the row for the mouse.
			return element('tr', { onclick: () => this.listener.chosen(name) },
					element('th', { scope: 'row' }, choose), ...cells);
		}

	}

	function classOf({ id, figure }) {
		return figure ? 'figure ' + id : id;
	}

	/** Compares texts as people do, figures by size; what has none comes last either way. */
	function compare(a, b, descending) {
		if (a === undefined || b === undefined) {
			return Number(a === undefined) - Number(b === undefined);
		}
		const order = (typeof a === 'string') ? a.localeCompare(b, undefined, { numeric: true }) : a - b;
		return descending ? -order : order;
	}

	viewer.EndpointTable = EndpointTable;

})(globalThis.ProfiledViewer ??= {});
