/*
 * The lower part of the explorer: what is known of the chosen endpoint, what can be done with it, and its flame graph.
 */
(function (viewer) {
	'use strict';

	const { format, dom, failure } = viewer;
	const { say } = viewer.language;
	const { element, textButton: button } = dom;

	/** What is answered sooner needs no word about loading. */
	const PATIENCE_MILLISECONDS = 300;

	const CPU = 'cpu';

	const FORMATS = ['html', 'svg', 'json', 'collapsed', 'pprof', 'speedscope', 'md'];

	const EXTENSIONS = {
		html: 'html', svg: 'svg', json: 'json', collapsed: 'txt', pprof: 'pb.gz', speedscope: 'speedscope.json', md: 'md'
	};

	class GraphPane {

		/**
		 * @param {object} source see the explorer
		 * @param {{moved: (place: object) => void, chosen: (event: string) => void, reset: () => void}} listener
		 */
		constructor(source, listener) {
			this.source = source;
			this.listener = listener;
			this.theme = 'light';
			this.offered = [];
			this.#build();
		}

		#build() {
			this.title = element('h2', {});
			this.newer = button('newer', () => this.load());
			this.newer.hidden = true;
			this.newTab = element('a', { class: 'button', target: '_blank', rel: 'noopener' });
			this.downloads = FORMATS.map((id) => element('a', { 'data-format': id }));
			this.menu = element('details', { class: 'menu', onfocusout: (event) => this.#leaveMenu(event) },
					element('summary', { class: 'button' }), element('div', {}, ...this.downloads));
			this.menu.addEventListener('keydown', (event) => this.#pressedInMenu(event));
			this.resetButton = button('reset', () => this.listener.reset());
			this.resetButton.hidden = true;
			/** What can be done with the chosen endpoint; the explorer gives it a place. */
			this.actions = element('div', { class: 'actions' }, this.title, this.newer, this.menu, this.newTab,
					this.resetButton);
			this.cancel = button('cancel', () => this.#cancel());
			this.loading = element('p', { class: 'loading', role: 'status' });
			this.sentences = element('div', { role: 'alert' });
			this.again = button('again', () => this.load());
			this.steps = element('p', { class: 'steps' }, this.again);
			this.problem = element('div', { class: 'problem', hidden: true }, this.sentences, this.steps);
			this.graph = element('div', { class: 'flame-graph', role: 'group', tabindex: '-1' });
			this.hint = element('p', { class: 'hint' });
			this.element = element('section', { class: 'pane' }, this.problem, this.loading, this.hint, this.graph);
		}

		/** Says everything in the language of now. */
		relabel() {
			this.menu.firstChild.textContent = say('download');
			this.downloads.forEach((link) => link.textContent = say('format.' + link.dataset.format));
			this.newTab.textContent = say('newTab');
			this.resetButton.textContent = say('reset');
			this.cancel.textContent = say('cancel');
			this.hint.textContent = say('choose');
			this.again.textContent = say('again');
			this.graph.setAttribute('aria-label', say('flameGraph'));
			this.#describeNewer();
			this.#describeProblem();
			if (this.handle) {
				this.handle.destroy();
				this.#mount();
			}
		}

		setTheme(theme) {
			this.theme = theme;
			this.handle?.setTheme(theme);
			this.#address();
		}

		/** Shows an endpoint; nothing is loaded again if it is the same as before. */
		show(name, event, place) {
			this.place = place;
			if (name !== this.name) {
				this.#showEndpoint(name, event);
			}
			else if (event !== this.event) {
				this.#showEvent(event);
			}
			else if (!this.#awaitsEvent()) {
				this.handle?.go(place);
			}
		}

		#showEndpoint(name, event) {
			this.name = name;
			this.#ask(event);
			this.#unmount();
			this.#tellProblem(null);
			this.actions.hidden = !name;
			this.hint.hidden = Boolean(name);
			this.title.textContent = format.visible(name ?? '');
			this.#address();
			if (name) {
				this.load();
			}
			else {
				this.#finish(this.request);
			}
		}

		/** Leaves the viewer as it is until the other event is there: then it keeps what it can of its place. */
		#showEvent(event) {
			this.#ask(event);
			this.#tellProblem(null);
			this.#address();
			if (this.profile?.event === event) {
				this.#finish(this.request);
				this.#update();
				this.#describeNewer();
			}
			else {
				this.load();
			}
		}

		/** Remembers which event is to be shown; what is asked for may become another, if the instance doesn't know it. */
		#ask(event) {
			this.event = event;
			this.asked = event;
		}

		/** Whether the graph that is shown is about to make room for another event, which the place is for. */
		#awaitsEvent() {
			return Boolean(this.request) && this.profile?.event !== this.asked;
		}

		/** The reader has chosen a tab of the viewer, perhaps that of an event that could not be loaded. */
		#chosen(event, shown) {
			if (event !== this.event) {
				this.listener.chosen(event);
			}
			else if (!shown && !this.request) {
				this.#tellProblem(null);
				this.load();
			}
		}

		/** Takes from the index what it knows of this endpoint, and when it was asked. */
		tell(endpoint, mayReset, askedAt) {
			this.endpoint = endpoint;
			this.toldAt = askedAt;
			this.resetButton.hidden = !mayReset || !endpoint;
			const events = Object.entries(endpoint?.events ?? {}).filter(([, { weight }]) => weight > 0).map(([id]) => id);
			if (events.join() !== this.offered.join()) {
				this.offered = events;
				this.handle?.setEvents(events);
			}
			this.#describeNewer();
		}

		async load() {
			this.request?.abort();
			const request = new AbortController();
			this.request = request;
			const patience = setTimeout(() => (request === this.request) && this.#describeLoading(), PATIENCE_MILLISECONDS);
			try {
				const profile = await this.#loadEvent(request.signal);
				if (request === this.request) {
					this.answeredAt = performance.now();
					this.#draw(profile);
				}
			}
			catch (error) {
				if (request === this.request) {
					this.#stay();
					this.#tellProblem(() => [say('failed.graph'), ...failure.words(error)]);
				}
			}
			finally {
				clearTimeout(patience);
				this.#finish(request);
			}
		}

		/** Loads CPU, which all instances have, if this one doesn't know the event that was asked for. */
		async #loadEvent(signal) {
			try {
				return await this.source.flameGraph(this.name, this.asked, signal);
			}
			catch (error) {
				if (error.status !== 400 || error.body?.parameter !== 'event' || signal.aborted) {
					throw error;
				}
				this.asked = CPU;
				return this.source.flameGraph(this.name, this.asked, signal);
			}
		}

		/** Goes on with the graph that is shown, rather than waiting for another that does not come. */
		#stay() {
			if (this.handle && this.profile.event !== this.asked) {
				this.handle.update(this.profile);
			}
		}

		destroy() {
			this.request?.abort();
			this.request = null;
			this.#unmount();
		}

		/** A late answer to an earlier question ends nothing. */
		#finish(request) {
			if (request === this.request) {
				request?.abort();
				this.request = null;
				dom.handFocusOn(this.loading, this.graph);
				this.loading.replaceChildren();
			}
		}

		#cancel() {
			this.#finish(this.request);
			this.#stay();
			this.#tellProblem(() => [say('cancelled', { name: format.visible(this.name) })]);
			this.again.focus();
		}

		#draw(profile) {
			if (profile.schema !== viewer.SCHEMA) {
				this.#unmount();
				this.#tellProblem(() => [say('schema', { schema: format.visible(profile.schema), known: String(viewer.SCHEMA) })]);
				return;
			}
			const { event } = this;
			this.asked = profile.event;
			this.#tellProblem((event === this.asked) ? null : () => [say('unknownEvent',
					{ event: format.visible(event), shown: viewer.words.eventName(profile.event) })], true);
			this.profile = profile;
			if (this.handle) {
				this.#update();
			}
			else {
				this.#mount();
			}
			this.#address();
			this.#describeNewer();
		}

		#mount() {
			this.handle = viewer.mount(this.graph, this.profile, {
				css: viewer.styles.viewer, theme: this.theme, place: this.place, events: this.offered,
				onEvent: (event, shown) => this.#chosen(event, shown),
				changed: (place) => {
					this.place = place;
					this.listener.moved(place);
				}
			});
		}

		/** Only a place that is not the viewer's own takes it elsewhere, such as that of the browser's Back. */
		#update() {
			this.handle.update(this.profile);
			this.handle.go(this.place);
		}

		#unmount() {
			this.handle?.destroy();
			this.handle = null;
			this.profile = null;
		}

		/**
		 * @param {(() => string[])|null} words what is wrong, in the language of whenever it is asked
		 * @param {boolean} [mild] whether there is a graph all the same, and nothing to try again
		 */
		#tellProblem(words, mild = false) {
			this.words = words;
			this.problem.classList.toggle('mild', mild);
			this.steps.hidden = mild;
			this.#describeProblem();
		}

		#describeProblem() {
			if (!this.words) {
				dom.handFocusOn(this.problem, this.graph);
			}
			this.problem.hidden = !this.words;
			this.sentences.replaceChildren(...(this.words?.() ?? []).map((sentence) => element('p', {}, sentence)));
		}

		#describeLoading() {
			this.loading.replaceChildren(say('loadingGraph', { name: format.visible(this.name) }) + ' ', this.cancel);
		}

		/** Offers what the graph does not have yet; an index that was asked before the graph came cannot know. */
		#describeNewer() {
			const { endpoint, profile } = this;
			const known = endpoint && profile && profile.event === this.asked && this.toldAt > this.answeredAt;
			const newer = known ? (endpoint.events?.[profile.event]?.samples ?? 0) - profile.samples : 0;
			const wasReset = known && (endpoint.firstProfiled ?? null) !== (profile.firstProfiled ?? null);
			const offered = newer > 0 || wasReset;
			if (!offered) {
				dom.handFocusOn(this.newer, this.graph);
			}
			this.newer.hidden = !offered;
			this.newer.textContent = (newer > 0) ? say('newer', { n: newer }) : say('refresh');
		}

		#address() {
			if (!this.name) {
				return;
			}
			const address = (parameters) => this.source.address(this.name, { event: this.asked, ...parameters });
			this.newTab.href = address({ format: 'html', theme: this.theme });
			this.downloads.forEach((link) => {
				link.href = address({ format: link.dataset.format });
				link.download = this.name + '-' + this.asked + '.' + EXTENSIONS[link.dataset.format];
			});
		}

		#leaveMenu(event) {
			if (!this.menu.contains(event.relatedTarget)) {
				this.menu.open = false;
			}
		}

		#pressedInMenu(event) {
			if (event.key === 'Escape' && this.menu.open) {
				this.menu.open = false;
				this.menu.firstChild.focus();
				event.stopPropagation();
			}
		}

	}

	viewer.GraphPane = GraphPane;

})(globalThis.ProfiledViewer ??= {});
