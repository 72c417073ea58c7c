/*
 * The viewer: mounts into a shadow root of any element, is fed the JSON of a profile, and holds what the reader has
 * chosen (event, zoom, search, filters, folds, selection). The graph and the drawer only draw what they are told.
 *
 *     const handle = ProfiledViewer.mount(element, profile, { css, theme: 'auto' });
 *     handle.update(newerProfile);
 *     handle.destroy();
 *
 * A host that has the profiles of several events gives all of them, `[cpu, wall, …]`: each gets a tab, and the first is
 * shown. One that would rather load them when they are wanted gives one, and takes from `options.onEvent` which other
 * the reader has chosen; it answers with `handle.update(profile)`.
 *
 * A host whose address tells what is shown takes it from `options.changed`, and gives it back as `options.place` or to
 * `handle.go(place)`.
 */
(function (viewer) {
	'use strict';

	const { format, model, dom, words, tips, preferences, placeOf, samePlace, MethodDrawer } = viewer;
	const { element } = dom;
	const { say } = viewer.language;

	const KEYS = [['1 … 4', 'events'], ['/', 'search'], ['Enter', 'enter'], ['← → ↑ ↓', 'walk'], ['Backspace', 'back'], ['Esc', 'escape'],
		['Space', 'select'], ['f', 'root'], ['g', 'frameworks'], ['i', 'flip'], ['t', 'methods'], ['?', 'help']];

	/**
	 * @typedef {object} Options
	 * @property {string} css the text of base.css and viewer.css
	 * @property {'auto'|'light'|'dark'} [theme] `auto`, the default, follows the system
	 * @property {EventTarget} [keys] where to listen for keys; the element by default, the document for a whole page
	 * @property {Place} [place] where to begin
	 * @property {(place: Place) => void} [changed] is told where the reader is, after each step
	 * @property {(event: string, shown: boolean) => void} [onEvent] is told which event the reader has chosen, and whether
	 * its profile was there and is shown; else the host is asked for it
	 * @property {string[]} [events] those that the host has a profile of, apart from those that are sampled now
	 */

	class Viewer {

		/**
		 * @param {HTMLElement} host
		 * @param {Options} options
		 */
		constructor(host, options) {
			const remembered = preferences.read();
			this.host = host;
			this.options = options;
			this.offered = options.events ?? [];
			this.awaited = null;
			this.zoomPath = null;
			this.inverted = remembered.inverted === true;
			this.drawerOpen = remembered.drawer === true;
			this.theme = options.theme ?? 'auto';
			this.place = placeOf(options.place ?? {});
			this.#take(this.place);
			this.#forget();
			this.cleanups = [];
			/** The trees that were read, by profile: who goes back to an event needn't wait. */
			this.trees = new WeakMap();
			this.shadow = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
			this.#build();
			this.#followTheme();
			this.#listen(options.keys ?? host);
		}

		/**
		 * Takes one profile, or one for each of several events: then the one of the event that is shown, or the first.
		 * What the reader has chosen stays as far as the new profile still has it.
		 */
		take(given) {
			this.profiles = [given].flat();
			this.awaited = null;
			this.#show(this.#profileOf(this.event) ?? this.profiles[0]);
		}

		#profileOf(event) {
			return this.profiles.find((profile) => profile?.event === event);
		}

		#show(profile) {
			clearTimeout(this.telling);
			this.#forget();
			this.profile = profile;
			this.event = profile?.event;
			const problem = this.#read(profile);
			this.tooltip.hide();
			this.#showTabs();
			if (problem) {
				this.#say(problem);
				return;
			}
			this.#describe();
			const empty = this.tree.total[0] === 0;
			this.main.classList.toggle('without-graph', empty);
			this.message.hidden = !empty;
			this.notices.replaceChildren(...words.notices(profile, empty).map((notice) => element('p', {}, notice)));
			if (empty) {
				this.#showEmpty();
				return;
			}
			this.opened = new Set();
			this.zoomed = this.#findZoom();
			this.trail = this.zoomed ? [this.zoomed] : [];
			this.selected = this.tree.frameOfKey(this.method);
			this.layout = this.#arrange();
			const headline = words.headline(profile, new Date());
			this.graph.rootLabel = headline.title + ' · ' + headline.amount;
			this.graph.canvas.setAttribute('aria-label', say('aboutGraph', headline));
			this.drawer.show(this.tree, profile.unit);
			this.drawer.select(this.selected);
			this.graph.setPalette(this.palette);
			this.graph.show(this.tree, this.layout, this.zoomed);
			this.legend.show(this.tree, this.palette);
			this.#light();
			this.#showState();
		}

		/** What the reader zoomed to, or as much of that path as this tree has; all of it if that is nothing but plumbing. */
		#findZoom() {
			const { tree } = this;
			this.zoomPath ??= this.place.zoom ? tree.pathOf(tree.nodeOfKey(this.place.zoom)) : null;
			const node = tree.find(this.zoomPath ?? []);
			const folded = tree.groups[tree.group[node]]?.kind === 'root';
			return (folded && tree.depth[node] < this.zoomPath.length) ? 0 : node;
		}

		/** Which events have a tab: those there is a profile of, and those a host can be asked for. */
		#showTabs() {
			const { profile } = this;
			const events = new Set(this.profiles
				.filter((held) => held && (held === profile || held.interval > 0 || held.weight > 0))
				.map((held) => String(held.event)));
			if (this.options.onEvent) {
				const sampled = Object.entries(profile?.profiler?.intervals ?? {}).filter(([, interval]) => interval > 0);
				[...sampled.map(([event]) => event), ...this.offered].forEach((event) => events.add(event));
			}
			this.tabs.show(events, String(this.event), this.awaited);
			this.splitBar.show(profile?.split, this.event === 'wall' || this.tabs.has('wall'));
		}

		setEvents(events) {
			this.offered = events;
			this.#showTabs();
		}

		#chooseEvent(event) {
			const profile = this.#profileOf(event);
			this.awaited = (profile || !this.options.onEvent) ? null : event;
			if (profile && profile !== this.profile) {
				this.#show(profile);
			}
			this.#showTabs();
			this.options.onEvent?.(event, Boolean(profile));
		}

		/** Highlights in the wall clock what time is spent on, or takes that back. */
		#chooseTime(id) {
			const again = this.event === 'wall' && id === this.#chosenTime();
			this.#clearLights();
			this.categories = new Set(again ? [] : [...model.CATEGORIES.keys()].filter((category) => isOf(id, category)));
			this.onCpu = id === 'cpu' && !again;
			this.zoomPath = [];
			if (this.layout) {
				this.drawer.select(-1);
				this.#light();
				this.#showState();
			}
			if (this.event !== 'wall') {
				this.#chooseEvent('wall');
			}
			else if (this.layout) {
				this.#zoom(0);
			}
		}

		/** @returns {string|null} what the graph shows the time of, and nothing else */
		#chosenTime() {
			if (this.event !== 'wall') {
				return null;
			}
			const [only] = this.categories;
			return this.onCpu ? 'cpu' : (this.categories.size === 1) ? model.CATEGORIES[only].time ?? null : null;
		}

		/** Nothing is drawn, and nothing of what was may be asked for. */
		#forget() {
			this.tree = null;
			this.layout = null;
			this.zoomed = 0;
			this.trail = [];
			this.selected = -1;
		}

		/** Goes to a place as if the reader had. */
		go(place) {
			if (samePlace(place, this.place)) {
				return;
			}
			this.place = placeOf(place);
			this.#take(place);
			this.search.value = this.query;
			this.#showSearchError(model.matcher(this.query).error);
			this.graph.setInverted(this.inverted);
			if (this.tree && this.layout) {
				this.selected = this.tree.frameOfKey(this.method);
				this.drawer.select(this.selected);
				this.layout = this.#arrange();
				this.graph.rearrange(this.layout);
				this.#light();
				this.#showState();
				this.#zoom(this.tree.nodeOfKey(place.zoom));
			}
		}

		setTheme(theme) {
			this.theme = theme;
			this.#applyTheme();
		}

		/** What a place says without knowing a profile. */
		#take(place) {
			this.query = place.search ?? '';
			this.method = place.method ?? null;
			this.zoomPath = null;
			this.inverted = place.layout ? place.layout === 'icicle' : this.inverted;
			this.drawerOpen = place.methods ? place.methods === 'open' : this.drawerOpen;
			this.order = MethodDrawer.ORDERS.includes(place.order) ? place.order : MethodDrawer.USUAL_ORDER;
			this.rootFolded = place.root !== 'open';
			this.frameworksFolded = place.frameworks === 'folded';
			const kinds = (place.kinds ?? '').split(',');
			this.onCpu = kinds.includes('cpu');
			this.categories = new Set([...model.CATEGORIES.keys()].filter((index) => kinds.includes(model.CATEGORIES[index].id)));
		}

		/** Tells the host once where all the steps of this moment have led. */
		#tellPlace() {
			clearTimeout(this.telling);
			this.telling = setTimeout(() => {
				const { tree } = this;
				const place = placeOf({
					zoom: tree.keyOf(this.zoomed),
					search: this.query,
					kinds: this.#kinds().join(','),
					method: this.#selectedKey(),
					layout: this.inverted ? 'icicle' : 'flame',
					methods: this.drawerOpen ? 'open' : 'closed',
					order: (this.order === MethodDrawer.USUAL_ORDER) ? null : this.order,
					root: this.rootFolded ? null : 'open',
					frameworks: this.frameworksFolded ? 'folded' : null
				});
				if (!samePlace(place, this.place)) {
					this.place = place;
					this.options.changed?.(place);
				}
			});
		}

		#kinds() {
			return [...(this.onCpu ? ['cpu'] : []),
				...[...this.categories].sort((a, b) => a - b).map((category) => model.CATEGORIES[category].id)];
		}

		destroy() {
			clearTimeout(this.telling);
			this.graph.destroy();
			this.cleanups.forEach((cleanup) => cleanup());
			this.shadow.replaceChildren();
			this.shadow.adoptedStyleSheets = [];
		}

		/** What is on the page, in plain values: for tests, and for hosts that link to a state. */
		state() {
			const { tree } = this;
			const labelOf = (node) => node ? tree.frames[tree.frame[node]].label : null;
			return {
				ready: Boolean(tree && this.graph.layout), event: this.event ?? null, awaited: this.awaited,
				events: this.tabs.events(), theme: this.dark ? 'dark' : 'light', inverted: this.inverted,
				rootFolded: this.rootFolded, frameworksFolded: this.frameworksFolded, drawer: this.drawerOpen,
				query: this.query, matched: this.matched ?? null, zoomed: labelOf(this.zoomed),
				trail: this.trail.map(labelOf),
				selected: (this.selected >= 0) ? tree.frames[this.selected].label : null,
				focused: (tree && this.graph.focusedBox >= 0) ? this.graph.labelOf(this.graph.focusedBox) : null,
				filters: this.#kinds(),
				view: { ...this.graph.view }, total: tree?.total[0] ?? 0, nodes: tree?.size ?? 0,
				rows: this.layout?.rows.length ?? 0, moving: Boolean(this.graph.animation), zoomTiming: this.graph.timing
			};
		}

		rects(narrowest) {
			return (this.tree && this.layout) ? this.graph.rects(narrowest) : [];
		}

		// Building the page

		#build() {
			const sheet = new CSSStyleSheet();
			sheet.replaceSync(this.options.css ?? '');
			this.shadow.adoptedStyleSheets = [sheet];

			this.title = element('h1', { class: 'headline' });
			this.subject = element('p', { class: 'subject' });
			this.notices = element('div', { class: 'notices', role: 'status' });
			this.crumbs = element('nav', { class: 'crumbs', 'aria-label': say('zoom') });
			this.search = element('input', {
				type: 'text', class: 'query', placeholder: say('search'), 'aria-label': say('searchFrames'),
				spellcheck: 'false', autocomplete: 'off', autocapitalize: 'off', enterkeyhint: 'search',
				'aria-describedby': 'matched', oninput: () => this.#searchFor(this.search.value)
			});
			this.search.value = this.query;
			this.matchedText = element('output', { class: 'matched', id: 'matched' });
			this.searchError = element('p', { class: 'search-error', role: 'alert', hidden: true });
			this.buttons = {
				reset: button('reset', () => this.#reset()),
				fold: button('fold', () => this.#toggleRoot()),
				frameworks: button('frameworks', () => this.#toggleFrameworks()),
				flip: button('flip', () => this.#flip()),
				table: button('table', () => this.#toggleDrawer()),
				help: button('help', () => this.#showHelp())
			};
			this.stage = element('div', { class: 'stage', id: 'panel' });
			this.tabs = new viewer.EventTabs(this.stage, (event) => this.#chooseEvent(event));
			this.splitBar = new viewer.SplitBar({
				chosen: (id) => this.#chooseTime(id), pointed: (part, segment) => this.#tipTime(part, segment)
			});
			this.scroller = element('div', { class: 'graph' });
			this.message = element('section', { class: 'message', hidden: true });
			this.legend = new viewer.Legend((category) => this.#toggleCategory(category));
			this.truth = element('p', { class: 'truth' });
			this.tooltip = new viewer.Tooltip();
			this.live = element('div', { class: 'unseen', 'aria-live': 'polite' });
			this.help = this.#buildHelp();
			this.graph = new viewer.FlameGraph(this.scroller, {
				hovered: (box, point, touch) => this.#tip(box, point, touch),
				activated: (box, touch) => this.#activate(box, touch),
				focused: (box) => this.#describeFocus(box)
			});
			this.graph.inverted = this.inverted;
			this.graph.canvas.setAttribute('role', 'application');
			this.drawer = new MethodDrawer({
				selected: (frame) => this.#select(frame),
				sorted: (order) => this.#sort(order),
				pointed: (frame) => this.graph.outline(frame),
				closed: () => this.#toggleDrawer()
			});
			this.main = element('div', { class: 'viewer' },
					element('header', { class: 'top' }, this.title, this.subject, this.splitBar.element),
					this.notices,
					element('div', { class: 'tools', role: 'toolbar', 'aria-label': say('graph') },
							this.tabs.element,
							this.crumbs,
							element('div', { class: 'search' }, dom.icon('search'), this.search, this.matchedText, this.searchError),
							element('div', { class: 'buttons' }, ...Object.values(this.buttons))),
					this.stage,
					element('footer', { class: 'bottom' }, this.legend.element, this.truth),
					this.tooltip.element, this.live, this.help);
			this.stage.append(this.scroller, this.message, this.drawer.element);
			this.shadow.replaceChildren(this.main);
		}

		#buildHelp() {
			const rows = KEYS.flatMap(([key, meaning]) => [
				element('dt', {}, element('kbd', {}, key)), element('dd', {}, say('key.' + meaning))
			]);
			// No form with method=dialog: a sandboxed frame blocks forms.
			return element('dialog', { class: 'help', 'aria-label': say('button.help') },
					element('h2', {}, say('button.help')),
					element('dl', {}, ...rows),
					element('p', {}, say('mouse')),
					element('p', { class: 'close' }, element('button', {
						type: 'button', class: 'button', onclick: () => this.help.close()
					}, say('close'))));
		}

		#read(profile) {
			if (profile === null || typeof profile !== 'object') {
				return say('unreadable');
			}
			if (profile.schema !== model.SCHEMA) {
				return say('otherSchema', { known: String(model.SCHEMA), schema: format.visible(profile.schema) });
			}
			try {
				this.tree = this.trees.get(profile) ?? new model.CallTree(profile);
				this.trees.set(profile, this.tree);
				return null;
			}
			catch (error) {
				return say('damaged', { reason: format.visible(error.message) });
			}
		}

		#say(sentence) {
			this.title.replaceChildren(say('flameGraph'));
			this.subject.replaceChildren();
			this.notices.replaceChildren();
			this.legend.clear();
			this.truth.replaceChildren();
			this.main.classList.add('without-graph');
			this.message.hidden = false;
			this.message.replaceChildren(element('h2', {}, say('nothingToDraw')), element('p', {}, sentence));
		}

		#describe() {
			const { profile } = this;
			const now = new Date();
			const line = words.headline(profile, now);
			const when = line.period && element('time', {
				datetime: profile.lastProfiled,
				title: say('between', { first: format.moment(new Date(profile.firstProfiled)),
					last: format.moment(new Date(profile.lastProfiled)) })
			}, line.period);
			const parts = [element('bdi', { class: 'name' }, line.title), line.event, line.amount, when, line.samples,
				line.warning && element('strong', { class: 'warning' }, line.warning)].filter(Boolean);
			this.title.replaceChildren(...separated(parts));
			this.subject.replaceChildren(...separated(words.subject(profile).map((part) => element('bdi', {}, part))));
			this.truth.replaceChildren(...separated(words.truths(profile).map((truth) => element('span', {}, truth))));
		}

		#showEmpty() {
			const { title, sentences, steps } = words.emptiness(this.profile);
			this.legend.clear();
			this.message.replaceChildren(
					element('h2', {}, title),
					...sentences.map((sentence) => element('p', {}, sentence)),
					element('h3', {}, say('empty.toDo')),
					element('ul', {}, ...steps.map((step) => element('li', {}, step))));
		}

		// What the reader does

		#arrange() {
			return new model.Layout(this.tree, (group, number) => {
				const folds = (group.kind === 'root') ? this.rootFolded : this.frameworksFolded;
				if (group.kind === 'framework' && !folds && !this.opened.has(number)) {
					return 'absent';
				}
				return folds !== this.opened.has(number) ? 'closed' : 'open';
			});
		}

		#rearrange() {
			this.layout = this.#arrange();
			this.graph.rearrange(this.layout);
			this.#showState();
		}

		#toggleRoot() {
			this.rootFolded = !this.rootFolded;
			this.#forgetOpened('root');
			this.#rearrange();
		}

		#toggleFrameworks() {
			this.frameworksFolded = !this.frameworksFolded;
			this.#forgetOpened('framework');
			this.#rearrange();
		}

		#forgetOpened(kind) {
			this.opened = new Set([...this.opened].filter((number) => this.tree.groups[number].kind !== kind));
		}

		#toggleBar(box) {
			const number = box - this.tree.size;
			const roots = this.tree.groups.filter((group) => group.kind === 'root').length;
			if (this.tree.groups[number].kind === 'root' && roots === 1) {
				this.#toggleRoot();
			}
			else {
				if (!this.opened.delete(number)) {
					this.opened.add(number);
				}
				this.#rearrange();
			}
			this.graph.focusedBox = box;
		}

		#activate(box) {
			this.#tip(-1, null);
			if (this.layout.groupOf(box)) {
				this.#toggleBar(box);
			}
			else {
				this.#zoom(box);
			}
		}

		#zoom(node) {
			if (node === this.zoomed && this.graph.view.from === this.tree.start[node]) {
				return;
			}
			this.zoomed = node;
			this.zoomPath = this.tree.pathOf(node);
			this.trail = this.trail.filter((crumb) => crumb !== node && this.tree.isWithin(node, crumb));
			if (node > 0) {
				this.trail.push(node);
			}
			this.graph.zoom(node);
			this.#showState();
		}

		#zoomBack() {
			this.#zoom(this.trail[this.trail.length - 2] ?? 0);
		}

		/** Esc takes back the zoom first, then whatever dims the graph. */
		#escape() {
			if (!this.layout) {
				return;
			}
			if (this.#isZoomed()) {
				this.#zoom(0);
				return;
			}
			this.#clearLights();
			this.drawer.select(-1);
			this.#light();
			this.#showState();
		}

		#clearLights() {
			this.query = '';
			this.search.value = '';
			this.#showSearchError(null);
			this.categories.clear();
			this.onCpu = false;
			this.selected = -1;
			this.method = null;
		}

		#reset() {
			this.#zoom(0);
			this.#escape();
		}

		#selectedKey() {
			return (this.selected >= 0) ? this.tree.keyOfFrame(this.selected) : null;
		}

		#isZoomed() {
			const { view } = this.graph;
			return this.zoomed !== 0 || view.from !== 0 || view.to !== this.tree.total[0];
		}

		#searchFor(query) {
			this.query = query;
			this.#showSearchError(model.matcher(query).error);
			// What waits end in is found by nothing else.
			this.onCpu = false;
			this.categories = new Set([...this.categories].filter((category) => !model.CATEGORIES[category].time));
			if (this.tree && this.layout) {
				this.#light();
				this.#showState();
			}
		}

		#showSearchError(error) {
			this.searchError.hidden = !error;
			this.searchError.textContent = error ?? '';
			this.search.setAttribute('aria-invalid', String(Boolean(error)));
		}

		#toggleCategory(category) {
			this.onCpu = false;
			if (!this.categories.delete(category)) {
				this.categories.add(category);
			}
			this.#light();
			this.#showState();
		}

		#select(frame) {
			this.selected = frame;
			this.method = this.#selectedKey();
			this.#light();
			this.drawer.select(frame);
			if (frame >= 0 && !this.drawerOpen) {
				this.#toggleDrawer();
			}
			this.#showState();
		}

		/** Decides what is lit: the selected method, time on a CPU, or what search and filters have in common. */
		#light() {
			const found = this.#found();
			const lit = (this.selected >= 0) ? this.tree.lightFrames(this.#flags((_, index) => index === this.selected)) : found;
			this.matched = lit ? 100 * lit.weight / this.tree.total[0] : null;
			this.matchedText.textContent = lit ? say('matched', { share: format.percent(this.matched, 100) }) : '';
			this.graph.setLit(lit);
			this.drawer.narrow(found?.frames ?? null);
			this.splitBar.select(this.#chosenTime());
		}

		#found() {
			if (this.onCpu && this.event === 'wall') {
				return this.tree.lightCpu();
			}
			const { test } = model.matcher(this.query);
			// Filters for what only another event has wait for that.
			const categories = [...this.categories].filter((category) => this.legend.has(category));
			return (test || categories.length > 0) ? this.tree.lightFrames(this.#flags((frame) => (!test || test(frame.text))
					&& (categories.length === 0 || categories.includes(frame.category)))) : null;
		}

		/** @returns {Uint8Array} by frame: whether a condition is met */
		#flags(condition) {
			return Uint8Array.from(this.tree.frames, (frame, index) => Number(condition(frame, index)));
		}

		#flip() {
			this.inverted = !this.inverted;
			preferences.write({ inverted: this.inverted });
			this.graph.setInverted(this.inverted);
			this.#showState();
		}

		#toggleDrawer() {
			this.drawerOpen = !this.drawerOpen;
			preferences.write({ drawer: this.drawerOpen });
			this.#showState();
			if (!this.drawerOpen) {
				this.graph.outline(-1);
				this.buttons.table.focus();
			}
		}

		#sort(order) {
			this.order = order;
			this.#showState();
		}

		#showHelp() {
			if (!this.help.open) {
				this.help.showModal();
			}
		}

		#showState() {
			const { buttons, tree } = this;
			this.main.classList.toggle('inverted', this.inverted);
			this.main.classList.toggle('with-drawer', this.drawerOpen);
			this.drawer.setOpen(this.drawerOpen);
			this.drawer.setOrder(this.order);
			const has = (kind) => tree.groups.some((group) => group.kind === kind);
			press(buttons.fold, this.rootFolded && has('root'), !has('root'));
			press(buttons.frameworks, this.frameworksFolded && has('framework'), !has('framework'));
			press(buttons.flip, this.inverted, false);
			press(buttons.table, this.drawerOpen, false);
			this.legend.press(this.categories);
			this.#showTrail();
			this.#tellPlace();
		}

		#showTrail() {
			const crumb = (node, label) => element('button', {
				type: 'button', title: label, 'aria-current': (node === this.zoomed) ? 'true' : null,
				onclick: () => this.#zoom(node)
			}, element('bdi', {}, label));
			const crumbs = [crumb(0, say('all')), ...this.trail.map((node) => crumb(node, this.graph.labelOf(node)))];
			this.crumbs.replaceChildren(...separated(crumbs, '›'));
			this.crumbs.scrollLeft = this.crumbs.scrollWidth;
		}

		// Telling about a frame

		#tip(box, point, touch) {
			if (box < 0 || !point) {
				this.tooltip.hide();
				return;
			}
			// Where the leaves are, not the root: there a flame graph has the most room.
			const bounds = this.scroller.getBoundingClientRect();
			const dock = (height) => this.inverted ? bounds.bottom - height - 8 : bounds.top + 8;
			this.tooltip.show(box, () => tips.aboutBox(this.profile, this.tree, this.layout, box, this.graph.labelOf(box)), point,
					touch ? dock : null);
		}

		#tipTime(part, segment) {
			if (!part) {
				this.tooltip.hide();
				return;
			}
			const { left, width, bottom } = segment.getBoundingClientRect();
			this.tooltip.show(segment, () => tips.aboutTime(part, this.profile.split.requests),
					{ x: left + Math.min(width / 2, 40), y: bottom - 8 });
		}

		#describeFocus(box) {
			const { total, self, node, group } = tips.figuresOf(this.tree, this.layout, box);
			const whole = this.tree.total[0];
			this.live.textContent = [this.graph.labelOf(box),
				say('focus.total', { weight: format.quantity(total, this.profile.unit), share: format.percent(total, whole) }),
				say('focus.self', { weight: format.quantity(self, this.profile.unit), share: format.percent(self, whole) }),
				group ? say('focus.unfolds') : say('focus.depth', { depth: this.tree.depth[node] })].join(', ');
			const rect = this.graph.rects(0).find((candidate) => candidate.box === box);
			if (rect) {
				this.#tip(box, { x: rect.x + Math.min(rect.width / 2, 60), y: rect.y + rect.height / 2 }, false);
			}
			else {
				this.#tip(-1, null);
			}
		}

		// Keys

		#listen(target) {
			const on = (node, type, listener) => {
				node.addEventListener(type, listener);
				this.cleanups.push(() => node.removeEventListener(type, listener));
			};
			on(target, 'keydown', (event) => this.#pressed(event));
			on(this.graph.canvas, 'keydown', (event) => this.#walked(event));
			on(this.graph.canvas, 'blur', () => this.#tip(-1, null));
			on(this.search, 'keydown', (event) => this.#pressedInSearch(event));
			on(this.scroller, 'scroll', () => {
				// The figures after a touch stay where they are while the graph scrolls to what was touched.
				if (!this.tooltip.isDocked()) {
					this.tooltip.hide();
				}
			});
		}

		#pressed(event) {
			if (this.help.open || event.defaultPrevented || event.altKey) {
				return;
			}
			const typing = event.composedPath()[0] instanceof HTMLInputElement;
			if (event.ctrlKey || event.metaKey) {
				// Ctrl F pressed again in our search field goes to the browser's own search.
				if (event.key === 'f' && !typing && this.layout) {
					this.#startSearch(event);
				}
				return;
			}
			if (event.key === 'Escape') {
				this.tooltip.hide();
				this.#escape();
				return;
			}
			if (typing) {
				return;
			}
			const actions = {
				'?': () => this.#showHelp(),
				...Object.fromEntries(['1', '2', '3', '4'].map((key) => [key, () => this.tabs.press(key)])),
				...(this.tree && this.layout && {
					'/': () => this.#startSearch(event),
					f: () => this.#toggleRoot(),
					g: () => this.#toggleFrameworks(),
					i: () => this.#flip(),
					t: () => this.#toggleDrawer(),
					Backspace: () => this.#zoomBack()
				})
			};
			if (Object.hasOwn(actions, event.key)) {
				event.preventDefault();
				actions[event.key]();
			}
		}

		#startSearch(event) {
			event.preventDefault();
			this.search.focus();
			this.search.select();
		}

		#pressedInSearch(event) {
			if (event.key !== 'Enter' || !this.graph.lit) {
				return;
			}
			event.preventDefault();
			let widest = -1;
			for (let node = 1; node < this.tree.size; node++) {
				if (this.graph.lit.nodes[node] && (widest < 0 || this.tree.total[node] > this.tree.total[widest])) {
					widest = node;
				}
			}
			if (widest > 0 && this.tree.total[widest] > 0) {
				this.graph.canvas.focus();
				this.graph.focus(this.layout.boxOf(widest));
			}
		}

		#walked(event) {
			if (!this.layout || event.ctrlKey || event.metaKey || event.altKey) {
				return;
			}
			const { layout, graph } = this;
			const started = graph.focusedBox >= 0;
			const box = started ? graph.focusedBox : layout.boxOf(this.zoomed);
			const up = this.inverted ? 'below' : 'above';
			const down = this.inverted ? 'above' : 'below';
			const walks = {
				ArrowUp: () => layout[up](box),
				ArrowDown: () => layout[down](box),
				ArrowLeft: () => layout.beside(box, -1),
				ArrowRight: () => layout.beside(box, 1)
			};
			if (Object.hasOwn(walks, event.key)) {
				event.preventDefault();
				const next = started ? walks[event.key]() : box;
				graph.focus(this.#isInView(next) ? next : box);
			}
			else if (event.key === 'Enter' && started) {
				event.preventDefault();
				this.#activate(box);
			}
			else if (event.key === ' ' && started && layout.nodeOf(box) > 0 && !layout.groupOf(box)) {
				event.preventDefault();
				const frame = this.tree.frame[box];
				this.#select((frame === this.selected) ? -1 : frame);
			}
		}

		#isInView(box) {
			const { from, to } = this.graph.view;
			return this.layout.start(box) < to && this.layout.start(box) + this.layout.width(box) > from;
		}

		#followTheme() {
			this.system = matchMedia('(prefers-color-scheme: dark)');
			const apply = () => this.#applyTheme();
			this.system.addEventListener('change', apply);
			this.cleanups.push(() => this.system.removeEventListener('change', apply));
			this.#applyTheme();
		}

		#applyTheme() {
			this.dark = (this.theme === 'auto') ? this.system.matches : this.theme === 'dark';
			this.host.style.colorScheme = this.dark ? 'dark' : 'light';
			this.palette = viewer.palette(this.dark);
			this.graph.setPalette(this.palette);
			this.legend.setPalette(this.palette);
		}

	}

	/** @returns {boolean} whether a category stands for waiting of a kind */
	function isOf(time, category) {
		return time !== 'cpu' && model.CATEGORIES[category].time === time;
	}

	function separated(parts, separator = '·') {
		return parts.flatMap((part, index) => (index === 0) ? [part]
				: [element('span', { class: 'separator' }, ' ' + separator + ' '), part]);
	}

	function button(name, listener) {
		return dom.button(name, say('button.' + name), say('hint.' + name), listener);
	}

	function press(button, pressed, disabled) {
		button.setAttribute('aria-pressed', String(pressed));
		button.disabled = disabled;
	}

	/**
	 * Shows a profile in an element.
	 * @param {HTMLElement} host gets a shadow root; its size is the viewer's size
	 * @param {object|object[]} profile the JSON of a profile, schema 1, or one for each of several events
	 * @param {Options} options
	 * @returns {{update: (profile: object|object[]) => void, setEvents: (events: string[]) => void, go: (place: Place) => void, setTheme: (theme: string) => void,
	 * destroy: () => void, state: () => object, rects: (narrowest?: number) => object[]}}
	 */
	viewer.mount = function mount(host, profile, options = {}) {
		const mounted = new Viewer(host, options);
		mounted.take(profile);
		return {
			update: (newer) => mounted.take(newer),
			setEvents: (events) => mounted.setEvents(events),
			go: (place) => mounted.go(place),
			setTheme: (theme) => mounted.setTheme(theme),
			destroy: () => mounted.destroy(),
			state: () => mounted.state(),
			rects: (narrowest) => mounted.rects(narrowest)
		};
	};

})(globalThis.ProfiledViewer ??= {});
