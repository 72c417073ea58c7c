/*
 * The flame graph on a canvas: draws only what can be seen, finds boxes by binary search, and tells its host what was
 * hovered, focused and activated. Knows nothing of searches or tables: its host says which frames are lit.
 */
(function (viewer) {
	'use strict';

	const ROW_HEIGHT = 19;
	const GAP = 1;
	const PADDING = 6;
	const FONT = '12px system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif';
	const ZOOM_MILLISECONDS = 150;

	/** Boxes narrower than this many pixels are drawn together with their neighbours of the same kind, */
	const THIN = 1;
	/** and those narrower than this are not even looked at one by one, */
	const THINNEST = 0.3;
	/** but one for every such stretch. */
	const DUST = 0.5;
	/** No text in boxes narrower than about three characters. */
	const NARROWEST_TEXT = 28;
	const LONGEST_LABEL = 400;

	/** Categories of frames that stand for something that was not seen. */
	const HATCHED = ['cut', 'unsampled'];

	/**
	 * Measures and cuts text by summing the widths of its characters, which is far cheaper than asking the canvas about
	 * each label.
	 */
	class TextFitter {

		#context;
		#characters = new Map();
		#labels = new Map();

		constructor(context) {
			this.#context = context;
		}

		#advance(character) {
			let width = this.#characters.get(character);
			if (width === undefined) {
				width = this.#context.measureText(character).width;
				this.#characters.set(character, width);
			}
			return width;
		}

		width(text) {
			let width = this.#labels.get(text);
			if (width === undefined) {
				width = 0;
				for (const character of text.slice(0, LONGEST_LABEL)) {
					width += this.#advance(character);
				}
				this.#labels.set(text, width);
			}
			return width;
		}

		/** @returns {string} the text, or as much of it as fits and an ellipsis; empty if not even three characters do */
		fit(text, available) {
			if (text.length <= LONGEST_LABEL && this.width(text) <= available) {
				return text;
			}
			let room = available - this.#advance('…');
			let cut = '';
			let characters = 0;
			for (const character of text.slice(0, LONGEST_LABEL)) {
				room -= this.#advance(character);
				if (room < 0) {
					break;
				}
				cut += character;
				characters++;
			}
			return (characters < 3) ? '' : cut + '…';
		}

	}

	class FlameGraph {

		/**
		 * @param {HTMLElement} scroller the element the graph fills and scrolls in
		 * @param {object} listener what the graph tells its host
		 * @param {(box: number, point: {x: number, y: number}|null, touch: boolean) => void} listener.hovered
		 * @param {(box: number) => void} listener.activated
		 * @param {(box: number) => void} listener.focused
		 */
		constructor(scroller, listener) {
			this.scroller = scroller;
			this.listener = listener;
			this.canvas = document.createElement('canvas');
			this.canvas.tabIndex = 0;
			this.space = document.createElement('div');
			this.space.append(this.canvas);
			scroller.append(this.space);
			this.context = this.canvas.getContext('2d');
			this.context.font = FONT;
			this.text = new TextFitter(this.context);
			this.inverted = false;
			this.view = { from: 0, to: 1 };
			this.zoomed = 0;
			this.hoveredFrame = -1;
			this.focusedBox = -1;
			/** Whether the focus was moved by keys, and is to be seen. */
			this.focusVisible = false;
			/** What is lit, see the model; null if nothing is dimmed. */
			this.lit = null;
			this.timing = { frames: 0, longest: 0, mean: 0, interval: 0 };
			this.#listen();
		}

		/** Shows a tree in a layout, zoomed to one of its nodes. */
		show(tree, layout, zoomed) {
			cancelAnimationFrame(this.animation);
			this.animation = null;
			this.tree = tree;
			this.layout = layout;
			this.zoomed = zoomed;
			this.view = this.#viewOf(zoomed);
			this.fills = null;
			this.hoveredFrame = -1;
			this.focusedBox = -1;
			this.#resize();
			this.#scrollTo(this.#scrollOf(zoomed));
		}

		/** Changes which boxes are folded; the horizontal place of every box stays. */
		rearrange(layout) {
			const focused = (this.focusedBox >= 0) ? this.layout.nodeOf(this.focusedBox) : -1;
			const distance = this.#distanceFromRoot();
			this.layout = layout;
			this.focusedBox = (focused >= 0) ? layout.boxOf(focused) : -1;
			this.#resize();
			this.#scrollTo(this.#scrollAt(distance));
		}

		setPalette(palette) {
			this.palette = palette;
			this.swatches = viewer.model.CATEGORIES.map((_, category) => palette.swatch(category));
			this.fills = null;
			this.redraw();
		}

		setInverted(inverted) {
			if (!this.layout) {
				this.inverted = inverted;
				return;
			}
			const distance = this.#distanceFromRoot();
			this.inverted = inverted;
			this.#scrollTo(this.#scrollAt(distance));
		}

		setLit(lit) {
			this.lit = lit;
			this.redraw();
		}

		/** Outlines every occurrence of a method; -1 for none. */
		outline(frame) {
			if (frame !== this.hoveredFrame) {
				this.hoveredFrame = frame;
				this.redraw();
			}
		}

		/** Moves the keyboard focus to a box and brings it into view. */
		focus(box) {
			this.focusedBox = box;
			this.focusVisible = true;
			const y = this.#yOf(this.layout.row[box]);
			const { scrollTop } = this.scroller;
			this.scroller.scrollTop = Math.min(y, Math.max(scrollTop, y + ROW_HEIGHT - this.height));
			this.listener.focused(box);
			this.redraw();
		}

		/** Zooms to a node with a short ease, or at once where motion is unwanted. */
		zoom(node) {
			this.zoomed = node;
			this.#animate(this.#viewOf(node), this.#scrollOf(node));
		}

		redraw() {
			this.request ??= requestAnimationFrame(() => {
				this.request = null;
				this.#draw();
			});
		}

		/**
		 * What is drawn, for tests and for whoever wants to point at something.
		 * @param {number} narrowest leave out boxes narrower than this many pixels
		 */
		rects(narrowest = 1) {
			const bounds = this.canvas.getBoundingClientRect();
			const rects = [];
			this.#eachVisible((box, left, right, y) => {
				if (right - left >= narrowest) {
					const group = this.layout.groupOf(box);
					const frame = (group || box === 0) ? null : this.#frameOf(box);
					rects.push({
						box, node: this.layout.nodeOf(box), row: this.layout.row[box], label: this.labelOf(box),
						kind: group ? 'bar' : frame?.kind ?? 'root',
						category: frame && viewer.model.CATEGORIES[frame.category].id,
						closed: group && this.layout.isClosed(box),
						matched: this.#isMatched(box), dimmed: this.lit !== null && !this.#isMatched(box),
						partlyMatched: this.#isPartlyMatched(box),
						outlined: this.#isOutlined(box), ...this.#colours(box, frame),
						x: bounds.left + left, y: bounds.top + y, width: right - left, height: ROW_HEIGHT - GAP
					});
				}
			});
			return rects;
		}

		/** What a box says. */
		labelOf(box) {
			const group = this.layout.groupOf(box);
			if (group) {
				return (this.layout.isClosed(box) ? '▸ ' : '▾ ') + group.label;
			}
			return (box === 0) ? this.rootLabel : this.#frameOf(box).label;
		}

		destroy() {
			cancelAnimationFrame(this.request);
			cancelAnimationFrame(this.animation);
			this.observer.disconnect();
			this.space.remove();
		}

		#frameOf(node) {
			return this.tree.frames[this.tree.frame[node]];
		}

		#isMatched(box) {
			if (this.lit === null || box === 0) {
				return false;
			}
			if (!this.layout.groupOf(box)) {
				return this.lit.nodes[box] === 1;
			}
			return this.layout.isClosed(box) && this.lit.groups[box - this.tree.size] === 1;
		}

		#isPartlyMatched(box) {
			return this.lit?.nodes[box] === 2;
		}

		#isOutlined(box) {
			if (this.hoveredFrame < 0 || box === 0) {
				return false;
			}
			const group = this.layout.groupOf(box);
			return group ? this.layout.isClosed(box) && group.frames.has(this.hoveredFrame)
					: this.tree.frame[box] === this.hoveredFrame;
		}

		#viewOf(node) {
			const from = this.tree.start[node];
			return { from, to: from + (this.tree.total[node] || 1) };
		}

		// Geometry: rows count from the root, which is at the bottom unless the graph is inverted.

		#contentHeight() {
			return Math.max(this.height, this.layout.rows.length * ROW_HEIGHT + 2 * PADDING);
		}

		#yOf(row) {
			return this.inverted ? PADDING + row * ROW_HEIGHT
					: this.#contentHeight() - PADDING - (row + 1) * ROW_HEIGHT;
		}

		#rowAt(y) {
			return Math.floor((this.inverted ? y - PADDING : this.#contentHeight() - PADDING - y) / ROW_HEIGHT);
		}

		/** How far the view is scrolled away from the root. */
		#distanceFromRoot() {
			return this.inverted ? this.scroller.scrollTop
					: this.#contentHeight() - this.height - this.scroller.scrollTop;
		}

		#scrollAt(distance) {
			const most = this.#contentHeight() - this.height;
			return this.inverted ? Math.min(most, distance) : Math.max(0, most - distance);
		}

		/** Where to scroll so that a node has three rows of its callers in sight. */
		#scrollOf(node) {
			const row = this.layout.row[this.layout.boxOf(node)];
			return this.#scrollAt(Math.max(0, (row - 3) * ROW_HEIGHT));
		}

		#scrollTo(top) {
			this.scroller.scrollTop = top;
			this.distance = this.#distanceFromRoot();
			this.redraw();
		}

		#resize() {
			this.width = this.scroller.clientWidth;
			this.height = this.scroller.clientHeight;
			this.space.style.height = this.#contentHeight() + 'px';
			this.canvas.style.height = this.height + 'px';
		}

		#animate(view, scroll) {
			cancelAnimationFrame(this.animation);
			const from = { ...this.view, scroll: this.scroller.scrollTop };
			const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
			const began = performance.now();
			const timing = { frames: 0, longest: 0, mean: 0, interval: 0 };
			const step = (now) => {
				const share = still ? 1 : Math.min(1, Math.max(0, now - began) / ZOOM_MILLISECONDS);
				const eased = 1 - (1 - share) ** 3;
				const between = (a, b) => (eased === 1) ? b : a + (b - a) * eased;
				this.view = { from: between(from.from, view.from), to: between(from.to, view.to) };
				this.scroller.scrollTop = between(from.scroll, scroll);
				const before = performance.now();
				this.#draw();
				const took = performance.now() - before;
				timing.frames++;
				timing.longest = Math.max(timing.longest, took);
				timing.mean += (took - timing.mean) / timing.frames;
				timing.interval = (performance.now() - began) / timing.frames;
				this.animation = (share < 1) ? requestAnimationFrame(step) : null;
			};
			this.timing = timing;
			this.animation = requestAnimationFrame(step);
		}

		/**
		 * Visits every box in sight from the root up. Runs of boxes too thin to tell apart are visited as one, so that
		 * many small ones still fill the room they take and cost little.
		 * @param {(box: number, left: number, right: number, y: number) => void} visit
		 * @param {(fill: string, left: number, right: number, y: number) => void} [visitRun]
		 */
		#eachVisible(visit, visitRun = () => {}) {
			const { layout, view, width } = this;
			const scale = width / (view.to - view.from);
			const scrolled = this.scroller.scrollTop;
			const edges = [this.#rowAt(scrolled), this.#rowAt(scrolled + this.height)];
			const last = Math.min(layout.rows.length - 1, Math.max(...edges));
			// The edges of a zoomed box are sums of floating point numbers: don't show a sliver of its neighbours.
			const margin = (view.to - view.from) * 1e-9;
			for (let row = Math.max(0, Math.min(...edges)); row <= last; row++) {
				const boxes = layout.rows[row];
				const y = this.#yOf(row) - scrolled;
				let run = null;
				let index = layout.firstEndingAfter(row, view.from + margin);
				while (index < boxes.length) {
					const box = boxes[index];
					const start = layout.start(box);
					if (start >= view.to - margin) {
						break;
					}
					const left = Math.max(0, (start - view.from) * scale);
					const boxWidth = layout.width(box) * scale;
					const right = Math.min(width, (start - view.from) * scale + Math.max(boxWidth, DUST));
					if (boxWidth >= THIN || box === this.focusedBox) {
						visit(box, left, right, y);
						index++;
						continue;
					}
					const fill = this.#fillInRun(box);
					if (run && run.fill === fill && left - run.right < DUST) {
						run.right = right;
					}
					else {
						if (run) {
							visitRun(run.fill, run.left, run.right, y);
						}
						run = { fill, left, right };
					}
					index = (boxWidth >= THINNEST) ? index + 1
							: layout.firstEndingAfter(row, start + DUST / scale, index + 1);
				}
				if (run) {
					visitRun(run.fill, run.left, run.right, y);
				}
			}
		}

		#draw() {
			if (!this.palette || !this.layout || !(this.width > 0) || !(this.height > 0)) {
				return;
			}
			const { context, palette } = this;
			this.#fitCanvas();
			context.fillStyle = palette.background;
			context.fillRect(0, 0, this.width, this.height);
			const marked = [];
			const ringed = this.focusVisible && this.canvas.matches(':focus');
			this.#eachVisible((box, left, right, y) => {
				this.#drawBox(box, this.#snap(left), this.#snap(right), y);
				const focused = box === this.focusedBox && ringed;
				if (focused || this.#isOutlined(box)) {
					marked.push([focused, left, right, y]);
				}
			}, (fill, left, right, y) => {
				context.fillStyle = fill;
				context.fillRect(left, y, right - left, ROW_HEIGHT - GAP);
			});
			marked.forEach((mark) => this.#drawOutline(...mark));
		}

		/** The colour of a box too thin for its own: that of its category, or whether it matches. */
		#fillInRun(box) {
			const { palette } = this;
			if (this.lit) {
				return this.#isMatched(box) ? palette.match : palette.dim;
			}
			return (box < this.tree.size) ? this.swatches[this.#frameOf(box).category] : palette.bar;
		}

		#colours(box, frame) {
			const { palette } = this;
			if (this.lit) {
				return this.#isMatched(box) ? { fill: palette.match, ink: palette.matchText }
						: { fill: palette.dim, ink: palette.muted };
			}
			if (!frame) {
				return { fill: palette.bar, ink: palette.barText };
			}
			this.fills ??= this.tree.frames.map(palette.fillOf);
			return { fill: this.fills[this.tree.frame[box]], ink: palette.textOf(frame) };
		}

		#drawBox(box, left, right, y) {
			const { context } = this;
			const width = Math.max(DUST, (right - left > 2.5) ? right - left - GAP : right - left);
			const frame = (box === 0 || box >= this.tree.size) ? null : this.#frameOf(box);
			const { fill, ink } = this.#colours(box, frame);
			context.fillStyle = fill;
			context.fillRect(left, y, width, ROW_HEIGHT - GAP);
			if (frame && HATCHED.includes(viewer.model.CATEGORIES[frame.category].id)) {
				this.#hatch(left, y, width);
			}
			let text = { left, width, ink };
			if (this.#isPartlyMatched(box)) {
				text = this.#lightOwnPart(box, text, y);
			}
			if (text.width >= NARROWEST_TEXT) {
				this.#write(this.labelOf(box), frame?.place, text.left + 5, y, text.width - 10, text.ink);
			}
		}

		/** A node's own part is at its end. @returns where there is most room for text then */
		#lightOwnPart(box, { left, width, ink }, y) {
			const { context, palette, tree, view } = this;
			const from = this.width * (tree.start[box] + tree.total[box] - tree.self[box] - view.from) / (view.to - view.from);
			const lit = Math.min(left + width, Math.max(left, from));
			context.fillStyle = palette.match;
			context.fillRect(lit, y, left + width - lit, ROW_HEIGHT - GAP);
			return (lit - left > width / 2) ? { left, width: lit - left, ink }
					: { left: lit, width: left + width - lit, ink: palette.matchText };
		}

		#drawOutline(focused, left, right, y) {
			const { context, palette } = this;
			context.strokeStyle = focused ? palette.focus : palette.outline;
			context.lineWidth = focused ? 2.5 : 1.25;
			context.strokeRect(left + 0.5, y + 0.5, Math.max(1, right - left - 2), ROW_HEIGHT - GAP - 1);
		}

		/** Class and method first; the package behind them only where all of it has room. */
		#write(label, place, x, y, room, ink) {
			const { context } = this;
			const text = this.text.fit(label, room);
			context.fillStyle = ink;
			context.fillText(text, x, y + ROW_HEIGHT / 2);
			const used = this.text.width(label) + 10;
			if (place && text === label && this.text.width(place) <= room - used) {
				context.globalAlpha = this.lit ? 1 : 0.8;
				context.fillText(place, x + used, y + ROW_HEIGHT / 2);
				context.globalAlpha = 1;
			}
		}

		#hatch(left, y, width) {
			const { context } = this;
			const height = ROW_HEIGHT - GAP;
			context.save();
			context.beginPath();
			context.rect(left, y, width, height);
			context.clip();
			context.beginPath();
			for (let x = left - height; x < left + width; x += 6) {
				context.moveTo(x, y + height);
				context.lineTo(x + height, y);
			}
			context.strokeStyle = this.palette.hatch;
			context.lineWidth = 1;
			context.stroke();
			context.restore();
		}

		#snap(x) {
			return Math.round(x * this.ratio) / this.ratio;
		}

		#fitCanvas() {
			this.ratio = globalThis.devicePixelRatio || 1;
			const width = Math.round(this.width * this.ratio);
			const height = Math.round(this.height * this.ratio);
			if (this.canvas.width !== width || this.canvas.height !== height) {
				this.canvas.width = width;
				this.canvas.height = height;
			}
			this.context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
			this.context.font = FONT;
			this.context.textBaseline = 'middle';
			this.context.direction = 'ltr';
		}

		// Input

		#listen() {
			this.observer = new ResizeObserver(() => {
				if (this.layout) {
					// Not the distance of now: the browser has moved a view that grew past the end.
					this.#resize();
					this.scroller.scrollTop = this.#scrollAt(this.distance);
					// Drawn at once: a canvas whose box changed would be stretched until the next frame.
					this.#draw();
				}
			});
			this.observer.observe(this.scroller);
			this.scroller.addEventListener('scroll', () => {
				this.distance = this.#distanceFromRoot();
				this.redraw();
			}, { passive: true });
			this.canvas.addEventListener('pointermove', (event) => this.#hover(event));
			this.canvas.addEventListener('pointerleave', () => this.#leave());
			this.canvas.addEventListener('click', (event) => this.#click(event));
			this.canvas.addEventListener('wheel', (event) => this.#wheel(event), { passive: false });
			this.canvas.addEventListener('focus', () => this.redraw());
			this.canvas.addEventListener('blur', () => this.redraw());
		}

		#boxUnder(event) {
			if (!this.layout) {
				return -1;
			}
			const bounds = this.canvas.getBoundingClientRect();
			const share = (event.clientX - bounds.left) / bounds.width;
			const row = this.#rowAt(event.clientY - bounds.top + this.scroller.scrollTop);
			return this.layout.at(row, this.view.from + share * (this.view.to - this.view.from));
		}

		#hover(event) {
			if (event.pointerType === 'touch') {
				return;
			}
			const box = this.#boxUnder(event);
			this.canvas.classList.toggle('pointing', box >= 0);
			this.outline((box > 0 && box < this.tree.size) ? this.tree.frame[box] : -1);
			this.listener.hovered(box, { x: event.clientX, y: event.clientY }, false);
		}

		#leave() {
			this.outline(-1);
			this.listener.hovered(-1, null, false);
		}

		#click(event) {
			const box = this.#boxUnder(event);
			if (box < 0) {
				this.#leave();
				return;
			}
			this.focusedBox = box;
			this.focusVisible = false;
			this.listener.activated(box);
			if (event.pointerType === 'touch') {
				this.listener.hovered(this.#isShown(box) ? box : -1, { x: event.clientX, y: event.clientY }, true);
			}
		}

		#isShown(box) {
			return this.layout.row[box] >= 0;
		}

		/** Ctrl and the wheel (a pinch on a touch pad) zoom at the pointer, a sideways wheel pans. */
		#wheel(event) {
			const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY);
			if (!this.layout || !(event.ctrlKey || sideways)) {
				return;
			}
			event.preventDefault();
			cancelAnimationFrame(this.animation);
			this.animation = null;
			const whole = this.tree.total[0];
			const room = this.view.to - this.view.from;
			const bounds = this.canvas.getBoundingClientRect();
			const share = (event.clientX - bounds.left) / bounds.width;
			const width = event.ctrlKey
					? Math.min(whole, Math.max(whole / 1e6, room * Math.exp(event.deltaY / 200))) : room;
			const moved = event.ctrlKey ? share * (room - width) : event.deltaX / this.width * room;
			const from = Math.max(0, Math.min(whole - width, this.view.from + moved));
			this.view = { from, to: from + width };
			this.redraw();
		}

	}

	viewer.FlameGraph = FlameGraph;

})(globalThis.ProfiledViewer ??= {});
