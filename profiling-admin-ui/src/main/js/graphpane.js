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

	const FORMATS = ['json', 'collapsed', 'html'];

	const EXTENSIONS = { json: 'json', collapsed: 'txt', html: 'html' };

	class GraphPane {

		/**
		 * @param {object} source see the explorer
		 * @param {{moved: (place: object) => void, chosen: (event: string) => void, reset: () => void}} listener
		 */
		constructor(source, listener) {
			this.source = source;
			this.listener = listener;
			this.theme = 'light';
			this.#build();
		}

		#build() {
			this.title = element('h2', {});
			this.events = element('select', { onchange: () => this.listener.chosen(this.events.value) });
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
			this.actions = element('div', { class: 'actions' }, this.title, this.events, this.newer, this.menu, this.newTab,
					this.resetButton);
			this.cancel = button('cancel', () => this.#cancel());
			this.loading = element('p', { class: 'loading', role: 'status' });
			this.sentences = element('div', { role: 'alert' });
			this.again = button('again', () => this.load());
			this.problem = element('div', { class: 'problem', hidden: true }, this.sentences,
					element('p', { class: 'steps' }, this.again));
			this.graph = element('div', { class: 'flame-graph', role: 'group', tabindex: '-1' });
			this.hint = element('p', { class: 'hint' });
			this.element = element('section', { class: 'pane' }, this.problem, this.loading, this.hint, this.graph);
		}

		/** Says everything in the language of now. */
		relabel() {
			this.events.setAttribute('aria-label', say('event'));
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
				const { profile } = this;
				this.#unmount();
				this.#draw(profile);
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
			if (name === this.name && event === this.event) {
				this.handle?.go(place);
				return;
			}
			this.name = name;
			this.event = event;
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

		/** Takes from the index what it knows of this endpoint, and when it was asked. */
		tell(endpoint, mayReset, askedAt) {
			this.endpoint = endpoint;
			this.toldAt = askedAt;
			this.resetButton.hidden = !mayReset || !endpoint;
			const events = Object.keys(endpoint?.events ?? {});
			this.events.hidden = events.length < 2;
			dom.fill(this.events, events.map((id) => element('option', { value: id, selected: id === this.event },
					viewer.words.eventName(id))));
			this.#describeNewer();
		}

		async load() {
			this.request?.abort();
			const request = new AbortController();
			this.request = request;
			const patience = setTimeout(() => (request === this.request) && this.#describeLoading(), PATIENCE_MILLISECONDS);
			try {
				const profile = await this.source.flameGraph(this.name, this.event, request.signal);
				if (request === this.request) {
					this.answeredAt = performance.now();
					this.#draw(profile);
				}
			}
			catch (error) {
				if (request === this.request) {
					this.#tellProblem(() => [say('failed.graph'), ...failure.words(error)]);
				}
			}
			finally {
				clearTimeout(patience);
				this.#finish(request);
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
			this.#tellProblem(() => [say('cancelled', { name: format.visible(this.name) })]);
			this.again.focus();
		}

		#draw(profile) {
			if (profile.schema !== viewer.SCHEMA) {
				this.#unmount();
				this.#tellProblem(() => [say('schema', { schema: format.visible(profile.schema), known: String(viewer.SCHEMA) })]);
				return;
			}
			this.#tellProblem(null);
			this.profile = profile;
			if (this.handle) {
				this.handle.update(profile);
			}
			else {
				this.handle = viewer.mount(this.graph, profile, {
					css: viewer.styles.viewer, theme: this.theme, place: this.place, changed: (place) => {
						this.place = place;
						this.listener.moved(place);
					}
				});
			}
			this.#describeNewer();
		}

		#unmount() {
			this.handle?.destroy();
			this.handle = null;
			this.profile = null;
		}

		/** @param {(() => string[])|null} words what is wrong, in the language of whenever it is asked */
		#tellProblem(words) {
			this.words = words;
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
			const known = endpoint && profile && this.toldAt > this.answeredAt;
			const newer = known ? (endpoint.events?.[this.event]?.samples ?? 0) - profile.samples : 0;
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
			const address = (parameters) => this.source.address(this.name, { event: this.event, ...parameters });
			this.newTab.href = address({ format: 'html', theme: this.theme });
			this.downloads.forEach((link) => {
				link.href = address({ format: link.dataset.format });
				link.download = this.name + '-' + this.event + '.' + EXTENSIONS[link.dataset.format];
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
