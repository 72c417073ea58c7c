/*
 * The explorer: the profiled endpoints of one application, and the flame graph of the one that was chosen. It mounts
 * into a shadow root of any element and asks its host for everything: data, the address, the language.
 *
 *     const handle = ProfiledViewer.explore(element, { source, place, navigate, language });
 *     handle.go(place);
 *     handle.destroy();
 */
(function (viewer) {
	'use strict';

	const { format, dom, failure, language: { say, use, locale, list } } = viewer;
	const { element, textButton: button } = dom;

	/** The version of the index that this explorer reads. */
	const SCHEMA = 1;

	const REFRESH_MILLISECONDS = 10_000;

	/** The state in which the JVM itself reads the stacks. */
	const FALLBACK = 'fallback';

	const STATES = ['armed', 'arming', 'idle', FALLBACK, 'off', 'suspended', 'unavailable'];

	const THEMES = ['light', 'dark', 'auto'];

	/**
	 * Where the data come from. All but `address` answer with a promise, which a `Failure` rejects.
	 * @typedef {object} Source
	 * @property {(signal: AbortSignal) => Promise<object>} index
	 * @property {(name: string, event: string, signal: AbortSignal) => Promise<object>} flameGraph
	 * @property {(name: string|null) => Promise<void>} reset of one endpoint, or of all
	 * @property {(name: string|null, parameters?: Object<string, string>) => string} address of a flame graph, or of
	 * the index, for a tab of its own
	 */

	/**
	 * What is shown, as a link can carry it: this, and what the viewer has of its own.
	 * @typedef {object} Place
	 * @property {string} [endpoint]
	 * @property {string} [event]
	 * @property {'light'|'dark'|'auto'} [theme]
	 * @property {string} [filter]
	 * @property {string} [sort]
	 * @property {'hidden'} [list]
	 */

	const OWN_PLACE = ['endpoint', 'event', 'theme', 'filter', 'sort', 'list'];

	/** What only makes sense in the flame graph of one endpoint. */
	const OF_ONE_ENDPOINT = { zoom: null, method: null };

	class Explorer {

		/**
		 * @param {HTMLElement} host gets a shadow root; its size is the explorer's size
		 * @param {{source: Source, place?: Place, language: string,
		 * navigate: (place: Place, further: boolean) => void}} options `navigate` is told each new place, and whether
		 * the reader will expect to come back from it
		 */
		constructor(host, options) {
			this.host = host;
			this.source = options.source;
			this.navigate = options.navigate;
			this.place = placeOf(options.place ?? {});
			this.listProblem = null;
			this.resetProblem = null;
			this.shadow = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
			this.table = new viewer.EndpointTable({
				chosen: (endpoint) => this.#choose(endpoint),
				sorted: (sort) => this.#goTo({ sort }, false)
			});
			this.pane = new viewer.GraphPane(this.source, {
				moved: (place) => this.#moved(place),
				chosen: (event) => this.#goTo({ event }, true),
				reset: () => this.#reset(this.place.endpoint)
			});
			this.#build();
			this.setLanguage(options.language);
			this.#applyPlace();
			this.#keepFresh();
			this.loadIndex();
		}

		/** Shows another place, as after the browser's Back. */
		go(place) {
			const normal = placeOf(place);
			if (JSON.stringify(normal) !== JSON.stringify(this.place)) {
				this.place = normal;
				this.#applyPlace();
			}
		}

		setLanguage(language) {
			use(language);
			this.host.lang = locale();
			this.status.setAttribute('aria-label', say('status'));
			this.theme.setAttribute('aria-label', say('theme'));
			this.theme.replaceChildren(...THEMES.map((theme) => element('option', { value: theme }, say('theme.' + theme))));
			this.theme.value = this.#themeOf(this.place);
			this.refresh.textContent = say('refresh');
			this.refresh.title = say('refreshTitle');
			this.resetAll.textContent = say('resetAll');
			this.filter.placeholder = say('filter');
			this.filter.setAttribute('aria-label', say('filter'));
			this.listAgain.textContent = say('again');
			this.ownPage.textContent = say('newTab');
			this.resetAgain.textContent = say('again');
			this.closeReset.textContent = say('close');
			this.pane.relabel();
			this.table.relabel();
			this.#describe();
		}

		async loadIndex() {
			this.request?.abort();
			const request = new AbortController();
			this.request = request;
			const first = !this.index;
			const askedAt = performance.now();
			try {
				const index = await this.source.index(request.signal);
				if (request === this.request) {
					this.#take(index, askedAt);
				}
			}
			catch (error) {
				if (request === this.request) {
					this.listProblem = {
						words: () => [say('failed.list'), ...failure.words(error),
							this.index && say('stale', { time: format.clock(this.readAt, new Date()) })].filter(Boolean)
					};
				}
			}
			finally {
				if (request === this.request) {
					this.request = null;
					this.#describe();
					if (first) {
						this.table.reveal();
					}
				}
			}
		}

		destroy() {
			this.destroyed = true;
			this.request?.abort();
			this.request = null;
			clearInterval(this.timer);
			document.removeEventListener('visibilitychange', this.seen);
			this.pane.destroy();
			this.shadow.replaceChildren();
			this.shadow.adoptedStyleSheets = [];
		}

		#build() {
			const sheet = new CSSStyleSheet();
			sheet.replaceSync(viewer.styles.explorer);
			this.shadow.adoptedStyleSheets = [sheet];

			this.status = element('div', { class: 'status', role: 'status' });
			this.theme = element('select', { onchange: () => this.#goTo({ theme: this.theme.value }, false) });
			this.refresh = button('refresh', () => this.#refresh());
			this.resetAll = button('reset-all', () => this.#reset(null));
			this.listAgain = button('again', () => this.loadIndex());
			this.ownPage = element('a', { class: 'button', target: '_blank', rel: 'noopener' });
			this.problem = problem('list-problem', this.listAgain, this.ownPage);
			this.resetAgain = button('again', () => this.#forget(this.resetProblem.name));
			this.closeReset = button('close', () => this.#tellResetProblem(null));
			this.problemOfReset = problem('reset-problem', this.resetAgain, this.closeReset);
			this.filter = element('input', {
				type: 'search', class: 'filter', spellcheck: 'false', autocomplete: 'off',
				oninput: () => this.#goTo({ filter: this.filter.value }, false)
			});
			this.shown = element('output', { class: 'shown' });
			this.toggle = button('toggle', () => this.#goTo({ list: (this.place.list === 'hidden') ? null : 'hidden' }, false));
			this.scroller = element('div', { class: 'scroller', tabindex: '-1' }, this.table.element);
			this.empty = element('div', { class: 'empty', role: 'status' });
			this.live = element('p', { class: 'unseen', 'aria-live': 'polite' });
			this.dialog = element('dialog', { class: 'confirm' });
			this.main = element('div', { class: 'explorer' },
					element('header', { class: 'top' }, this.status,
							element('div', { class: 'controls' }, this.theme, this.refresh, this.resetAll)),
					this.problem, this.problemOfReset,
					element('section', { class: 'list' },
							element('div', { class: 'bar' }, this.filter, this.shown, element('span', { class: 'space' }),
									this.pane.actions, this.toggle),
							this.scroller, this.empty),
					this.pane.element, this.live, this.dialog);
			this.shadow.replaceChildren(this.main);
		}

		#keepFresh() {
			this.seen = () => {
				if (document.visibilityState === 'visible' && !this.request) {
					this.loadIndex();
				}
			};
			this.timer = setInterval(this.seen, REFRESH_MILLISECONDS);
			document.addEventListener('visibilitychange', this.seen);
		}

		// What the reader does

		#choose(endpoint) {
			if (endpoint !== this.place.endpoint) {
				this.#goTo({ endpoint, ...OF_ONE_ENDPOINT }, true);
			}
		}

		#goTo(changes, further) {
			this.place = placeOf({ ...this.place, ...changes });
			this.navigate(this.place, further);
			this.#applyPlace();
		}

		#showAll() {
			this.filter.focus();
			this.#goTo({ filter: null }, false);
		}

		#moved(viewerPlace) {
			const own = Object.fromEntries(OWN_PLACE.map((name) => [name, this.place[name]]));
			this.place = placeOf({ ...own, ...viewerPlace });
			this.navigate(this.place, false);
		}

		#refresh() {
			this.loadIndex();
			if (this.place.endpoint) {
				this.pane.load();
			}
		}

		async #reset(name) {
			if (await this.#confirm(name ? say('confirm.one', { name: format.visible(name) }) : say('confirm.all'))) {
				this.#forget(name);
			}
		}

		async #forget(name) {
			let problem = null;
			try {
				await this.source.reset(name);
			}
			catch (error) {
				problem = {
					name,
					words: () => [name ? say('failed.reset', { name: format.visible(name) }) : say('failed.resetAll'),
						...failure.words(error)]
				};
			}
			if (this.destroyed) {
				return;
			}
			this.#tellResetProblem(problem);
			if (!problem) {
				this.live.textContent = name ? say('resetDone', { name: format.visible(name) }) : say('resetAllDone');
				this.#refresh();
			}
		}

		#confirm(question) {
			const { dialog } = this;
			const answer = (value) => button(value, () => dialog.close(value), say('confirm.' + value));
			dialog.replaceChildren(element('h2', { id: 'question' }, question), element('p', {}, say('confirm.what')),
					element('p', { class: 'answers' }, answer('no'), answer('yes')));
			dialog.setAttribute('aria-labelledby', 'question');
			dialog.returnValue = '';
			// The first button, which changes nothing, has the focus.
			dialog.showModal();
			return new Promise((resolve) => {
				dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'), { once: true });
			});
		}

		// What is shown

		#themeOf(place) {
			return THEMES.includes(place.theme) ? place.theme : THEMES[0];
		}

		#applyPlace() {
			const { place } = this;
			const theme = this.#themeOf(place);
			this.theme.value = theme;
			this.host.style.colorScheme = (theme === 'auto') ? 'light dark' : theme;
			this.pane.setTheme(theme);
			if (this.filter.value !== (place.filter ?? '')) {
				this.filter.value = place.filter ?? '';
			}
			this.pane.show(place.endpoint ?? null, place.event ?? 'cpu', place);
			this.#describe();
		}

		#take(index, askedAt) {
			if (index.schema !== SCHEMA) {
				this.listProblem = {
					unreadable: true,
					words: () => [say('schema', { schema: format.visible(index.schema), known: String(SCHEMA) })]
				};
				return;
			}
			this.listProblem = null;
			this.index = index;
			this.readAt = new Date();
			this.askedAt = askedAt;
		}

		#tellResetProblem(problem) {
			this.resetProblem = problem;
			this.#describeProblems();
		}

		#describe() {
			const { place, index } = this;
			const endpoints = index?.endpoints ?? [];
			const mayReset = (index?.operations ?? []).includes('reset');
			const hidden = place.list === 'hidden' && Boolean(place.endpoint);
			this.table.show(endpoints, place);
			this.pane.tell(endpoints.find((endpoint) => endpoint.name === place.endpoint), mayReset,
					this.askedAt);
			this.main.classList.toggle('list-hidden', hidden);
			this.main.classList.toggle('nothing-chosen', !place.endpoint);
			this.toggle.textContent = hidden ? say('showList') : say('hideList');
			this.toggle.setAttribute('aria-expanded', String(!hidden));
			this.toggle.hidden = !place.endpoint;
			this.resetAll.hidden = !mayReset || endpoints.length === 0;
			this.shown.textContent = index ? say('shown', { n: endpoints.length, shown: this.table.shown }) : '';
			dom.fill(this.status, index ? this.#statusOf(index) : []);
			this.#describeEmptiness(endpoints);
			this.#describeProblems();
		}

		#statusOf({ profiler, notRegistered, endpoints }) {
			const known = STATES.includes(profiler.state);
			const state = known ? say('state.' + profiler.state)
					: say('state.unknown', { state: format.visible(profiler.state) });
			const approximate = endpoints.reduce((total, endpoint) => total + (endpoint.approximateRequests ?? 0), 0);
			const looksOnly = profiler.state === FALLBACK;
			// Without an engine, nothing is measured yet, and the rest is only what was asked for.
			const details = !profiler.engine ? [] : [
				!looksOnly && format.visible(profiler.engine),
				...intervalsOf(profiler),
				!looksOnly && typeof profiler.kernelFrames === 'boolean'
						&& say(profiler.kernelFrames ? 'status.kernelFrames' : 'status.noKernelFrames'),
				approximate > 0 && say('status.approximate', { n: approximate })
			].filter(Boolean);
			const reasons = [[profiler.message, profiler.advice].filter(Boolean).map(format.visible).join(' '),
				...(profiler.limits ?? []).map(format.visible), notRegistered > 0 && say('notRegistered', { n: notRegistered })]
				.filter(Boolean);
			return [
				element('p', { class: 'line' },
						element('span', { class: 'lamp ' + (known ? profiler.state : ''), 'aria-hidden': 'true' }),
						element('strong', {}, state), details.map((detail) => ' · ' + detail).join('')),
				...reasons.map((reason) => element('p', { class: 'reason' }, reason))
			];
		}

		#describeEmptiness(endpoints) {
			const { place, index } = this;
			const sentence = (text) => element('p', {}, text);
			let content = [];
			if (!index) {
				content = this.listProblem ? [] : [sentence(say('loadingList'))];
			}
			else if (endpoints.length === 0) {
				content = [element('h2', {}, say('empty.title')), sentence(say('empty.step'))];
			}
			else if (this.table.shown === 0) {
				content = [sentence(say('noMatch', { filter: format.visible(place.filter) })),
					sentence(button('all', () => this.#showAll(), say('clearFilter')))];
			}
			this.empty.hidden = content.length === 0;
			this.scroller.hidden = !index || endpoints.length === 0 || this.table.shown === 0;
			dom.fill(this.empty, content);
		}

		#describeProblems() {
			const unreadable = Boolean(this.listProblem?.unreadable);
			this.ownPage.href = this.source.address(null);
			this.ownPage.hidden = !unreadable;
			this.listAgain.hidden = unreadable;
			this.#describeProblem(this.problem, this.listProblem);
			this.#describeProblem(this.problemOfReset, this.resetProblem);
		}

		#describeProblem(place, problem) {
			if (!problem) {
				dom.handFocusOn(place, this.refresh);
			}
			place.hidden = !problem;
			dom.fill(place.firstChild, (problem?.words() ?? []).map((sentence) => element('p', {}, sentence)));
		}

	}

	/** How often samples are taken, and how often threads are looked at: the older starters take samples of CPU only. */
	function intervalsOf({ state, interval, intervals = { cpu: interval } }) {
		const quantity = (event) => (intervals[event] > 0)
				&& format.quantity(intervals[event], (event === 'alloc') ? 'bytes' : 'ns');
		// Without async-profiler, looking at threads is all there is.
		const sampled = ['cpu', 'alloc', 'lock'].filter((event) => quantity(event) && state !== FALLBACK)
			.map((event) => say('status.every.' + event, { interval: quantity(event) }));
		return [
			sampled.length > 0 && say('status.every', { intervals: list(sampled) }),
			quantity('wall') && say('status.looks', { interval: quantity('wall') })
		].filter(Boolean);
	}

	/** A place for sentences about what is wrong, and what can be done about it. */
	function problem(name, ...steps) {
		return element('div', { class: 'problem ' + name, hidden: true }, element('div', { role: 'alert' }),
				element('p', { class: 'steps' }, ...steps));
	}

	function placeOf(values) {
		return viewer.placeOf(values, [...OWN_PLACE, ...viewer.PLACE]);
	}

	/**
	 * Shows the explorer in an element.
	 * @returns {{go: (place: Place) => void, setLanguage: (language: string) => void, destroy: () => void}}
	 */
	viewer.explore = function explore(host, options) {
		const explorer = new Explorer(host, options);
		return {
			go: (place) => explorer.go(place),
			setLanguage: (language) => explorer.setLanguage(language),
			destroy: () => explorer.destroy()
		};
	};

})(globalThis.ProfiledViewer ??= {});
