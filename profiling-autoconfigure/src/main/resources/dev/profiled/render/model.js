/*
 * The profile as the viewer thinks of it: a call tree in typed arrays with its totals, the methods in it, what folds,
 * what a search matches, and in which row each box lies. Pure; nothing here touches the page, and nothing recurses,
 * since a stack can be thousands of frames deep.
 */
(function (viewer) {
	'use strict';

	const { format, language } = viewer;

	/** The version of the JSON this viewer reads. */
	const SCHEMA = 1;

	/** What elapsed time is spent on, in the order in which it is shown: the categories of a profile's `split`. */
	const TIMES = ['cpu', 'core', 'lock', 'pool', 'socket', 'file', 'sleep', 'gc', 'other'];

	/** @returns {string} the name of what time is spent on */
	function timeName(id) {
		return language.say('time.' + id);
	}

	/**
	 * What a frame belongs to, in the order of the legend. A leaf that stands for a wait, or for time on a CPU that no
	 * sample fell into, has the `time` it stands for.
	 * @type {{id: string, name: string, time?: string}[]}
	 */
	const CATEGORIES = [
		...['own', 'library', 'jdk', 'native', 'kernel', 'type', 'cut'].map((id) => ({ id })), { id: 'unsampled', time: 'cpu' },
		...TIMES.slice(1).map((id) => ({ id, time: id }))
	].map(({ id, time }) => ({
		id, time, get name() { return (id === time) ? timeName(id) : language.say('category.' + id); }
	}));

	const OWN = 0;
	const LIBRARY = 1;
	const JDK = 2;
	const TYPE = 5;
	const CUT = 6;
	const UNSAMPLED = 7;
	const OTHER_WAIT = CATEGORIES.length - 1;
	const CATEGORY_OF_KIND = new Map([['native', 3], ['kernel', 4], ['type', TYPE], ['truncated', CUT], ['folded', CUT],
		['wait', OTHER_WAIT]]);

	const JDK_PACKAGES = ['java', 'javax', 'jdk', 'sun', 'com.sun'];

	/**
	 * Libraries by package, the more specific package first.
	 * @type {[string, string][]}
	 */
	const LIBRARIES = [
		['org.apache.catalina', 'Tomcat'],
		['org.apache.coyote', 'Tomcat'],
		['org.apache.tomcat', 'Tomcat'],
		['org.eclipse.jetty', 'Jetty'],
		['io.undertow', 'Undertow'],
		['org.xnio', 'Undertow'],
		['io.netty', 'Netty'],
		['reactor', 'Reactor'],
		['jakarta.servlet', 'Servlet API'],
		['javax.servlet', 'Servlet API'],
		['org.springframework.security', 'Spring Security'],
		['org.springframework.data', 'Spring Data'],
		['org.springframework', 'Spring'],
		['dev.profiled', 'Profiled'],
		['io.micrometer', 'Micrometer'],
		['com.fasterxml.jackson', 'Jackson'],
		['tools.jackson', 'Jackson'],
		['org.hibernate', 'Hibernate'],
		['com.zaxxer.hikari', 'HikariCP'],
		['org.h2', 'H2'],
		['org.postgresql', 'PostgreSQL'],
		['com.mysql', 'MySQL'],
		['ch.qos.logback', 'Logback'],
		['org.thymeleaf', 'Thymeleaf'],
		['kotlin', 'Kotlin']
	];

	/** Packages that carry a request to its handler: what may fold where the handler itself was never seen. */
	const PLUMBING = ['java.lang.Thread', 'java.lang.VirtualThread', 'java.lang.reflect', 'java.lang.invoke',
		'java.util.concurrent', 'jdk.internal', 'org.apache.catalina', 'org.apache.coyote', 'org.apache.tomcat',
		'org.eclipse.jetty', 'io.undertow', 'org.xnio', 'io.netty', 'reactor', 'jakarta.servlet', 'javax.servlet',
		'org.springframework.web', 'org.springframework.security', 'org.springframework.boot',
		'org.springframework.aop', 'org.springframework.cglib', 'io.micrometer'];

	/** Fewer frames than this stay as they are: a bar that stands for two frames saves nothing. */
	const SHORTEST_FOLD = 3;

	/** Proxies have the application's names, but not its code. */
	const GENERATED = /\$\$(?:SpringCGLIB|EnhancerBy|FastClassBy)|\$Proxy$/;

	/** A chain of framework frames folds when at least this share of it goes on to own code. */
	const FRAMEWORK_FOLD_SHARE = 0.9;

	const OFFSET_BASIS = 0xcbf29ce484222325n;

	function isIn(className, packageName) {
		return className.startsWith(packageName)
				&& (className.length === packageName.length || '.$'.includes(className[packageName.length]));
	}

	/**
	 * One method (or native function, or type) of the profile; the same object wherever it occurs in the tree.
	 * @typedef {object} Frame
	 * @property {string} className
	 * @property {string} method
	 * @property {string} kind
	 * @property {number} category an index into CATEGORIES
	 * @property {string} label what a box says: `Class.method`
	 * @property {string} place where that is: the package, or the library of a native function
	 * @property {string} text what a search looks at
	 */

	/** @returns {Frame} */
	function frame(className, method, kind, ownPackages) {
		const symbol = kind === 'native' || kind === 'kernel';
		const dot = className.lastIndexOf('.');
		const label = (symbol && method) ? method : [className.slice(dot + 1), method].filter(Boolean).join('.');
		const place = symbol ? (method ? className : '') : className.slice(0, Math.max(0, dot));
		return {
			className, method, kind,
			category: CATEGORY_OF_KIND.get(kind) ?? categoryOf(className, ownPackages),
			label: format.visible(label || kind),
			place: format.visible(place),
			text: [className, method].filter(Boolean).join('.') || kind
		};
	}

	function categoryOf(className, ownPackages) {
		if (!GENERATED.test(className) && ownPackages.some((name) => isIn(className, name))) {
			return OWN;
		}
		const jdk = JDK_PACKAGES.some((name) => isIn(className, name)) && !isIn(className, 'javax.servlet');
		return jdk ? JDK : LIBRARY;
	}

	function libraryOf(frame) {
		if (frame.category === OWN) {
			return language.say('of.own');
		}
		if (frame.category !== LIBRARY && frame.category !== JDK) {
			return language.say('of.native');
		}
		const known = LIBRARIES.find(([name]) => isIn(frame.className, name));
		if (known) {
			return known[1];
		}
		return language.say((frame.category === JDK) ? 'of.jdk' : 'of.libraries');
	}

	/**
	 * A set of frames that can be drawn as one bar: connected in the tree, `head` nearest to the root.
	 * @typedef {object} Group
	 * @property {number} head
	 * @property {'root'|'framework'} kind
	 * @property {number} length the longest chain in it
	 * @property {number} self
	 * @property {number} selfSamples
	 * @property {Set<number>} frames
	 * @property {string} label
	 */

	/**
	 * The call tree. Nodes are numbers in preorder, so the subtree of `node` is `[node, end[node])`; a node's place on
	 * the x axis is `[start[node], start[node] + total[node])` in the profile's own unit, whatever is folded or zoomed.
	 */
	class CallTree {

		/** @param {object} profile the JSON, schema 1 */
		constructor(profile) {
			const ownPackages = profile.ownPackages ?? [];
			const { class: classes, method: methods, kind: kinds } = profile.frames;
			/** @type {Frame[]} */
			this.frames = methods.map((method, index) =>
				frame(String(classes[index] ?? ''), String(method ?? ''), String(kinds[index] ?? 'java'), ownPackages));
			this.#nameWaits(profile.categories ?? {});
			this.#readNodes(profile.nodes);
			this.#sum();
			this.#creditTypes();
			this.#sumMethods();
			/** The group of each node, or -1. */
			this.group = new Int32Array(this.size).fill(-1);
			/** @type {Group[]} */
			this.groups = [];
			this.#foldCommonRoot(profile.handlers ?? []);
			this.#foldFrameworks();
			this.#describeGroups();
		}

		/** @param {Object<string, number>} rows by the time that a frame stands for */
		#nameWaits(rows) {
			for (const [time, row] of Object.entries(rows)) {
				const category = CATEGORIES.findIndex((candidate) => candidate.time === time);
				if (category >= 0 && this.frames[row]?.kind === 'wait') {
					this.frames[row].category = category;
				}
			}
		}

		#readNodes(json) {
			const size = json.parent.length;
			this.size = size;
			this.parent = Int32Array.from(json.parent);
			this.frame = Int32Array.from(json.frame);
			this.selfSamples = Float64Array.from(json.samples);
			this.self = Float64Array.from(json.weight);
			if ([this.frame, this.selfSamples, this.self].some((column) => column.length !== size)) {
				throw new Error('its columns differ in length');
			}
			if (size === 0 || this.parent[0] !== -1) {
				throw new Error('its first node is not the root');
			}
			this.depth = new Int32Array(size);
			this.end = new Int32Array(size).fill(size);
			let previous = 0;
			for (let node = 1; node < size; node++) {
				const parent = this.parent[node];
				while (previous > parent && previous > 0) {
					this.end[previous] = node;
					previous = this.parent[previous];
				}
				if (previous !== parent) {
					throw new Error('node ' + node + ' is not in preorder');
				}
				if (!(this.frame[node] >= 0 && this.frame[node] < this.frames.length)) {
					throw new Error('node ' + node + ' has no frame');
				}
				this.depth[node] = this.depth[parent] + 1;
				previous = node;
			}
		}

		#sum() {
			this.total = this.self.slice();
			this.totalSamples = this.selfSamples.slice();
			for (let node = this.size - 1; node > 0; node--) {
				this.total[this.parent[node]] += this.total[node];
				this.totalSamples[this.parent[node]] += this.totalSamples[node];
			}
			this.start = new Float64Array(this.size);
			const filled = new Float64Array(this.size);
			for (let node = 1; node < this.size; node++) {
				const parent = this.parent[node];
				this.start[node] = this.start[parent] + filled[parent];
				filled[parent] += this.total[node];
			}
		}

		/**
		 * What ends in a type, an allocation or a blocked lock, is the doing of the method below it. So it counts as that
		 * method's own, too: `ownSelf` and `ownSamples` say so by node.
		 */
		#creditTypes() {
			this.ownSelf = this.self.slice();
			this.ownSamples = this.selfSamples.slice();
			for (let node = 1; node < this.size; node++) {
				if (this.frames[this.frame[node]].category === TYPE) {
					this.ownSelf[this.parent[node]] += this.self[node];
					this.ownSamples[this.parent[node]] += this.selfSamples[node];
				}
			}
		}

		/** Self and total of each method, a stack that holds a method twice counted once. */
		#sumMethods() {
			const count = this.frames.length;
			this.methodSelf = new Float64Array(count);
			this.methodTotal = new Float64Array(count);
			this.occurrences = new Int32Array(count);
			const coveredUntil = new Int32Array(count);
			for (let node = 1; node < this.size; node++) {
				const index = this.frame[node];
				this.methodSelf[index] += this.ownSelf[node];
				this.occurrences[index]++;
				if (node >= coveredUntil[index]) {
					this.methodTotal[index] += this.total[node];
					coveredUntil[index] = this.end[node];
				}
			}
		}

		/**
		 * Everything between the root and the handler is the common root: the thread, the connector, filters, the
		 * dispatcher. It is looked for by name, not by weight, because an endpoint may well spend more time in writing
		 * its answer than in its handler. What branches off on the way (interceptors, message converters, filters) is
		 * not part of it and stays visible on top of the bar. Where no handler is seen, only frames that are known to
		 * be plumbing fold, as long as most of the profile goes through them.
		 */
		#foldCommonRoot(handlers) {
			const folded = new Uint8Array(this.size);
			const names = new Set(handlers.map((name) => String(name).replaceAll('$', '.')));
			const isHandler = this.frames.map((frame) => names.has(frame.text.replaceAll('$', '.')));
			let found = false;
			for (let node = 1; node < this.size;) {
				if (!isHandler[this.frame[node]]) {
					node++;
					continue;
				}
				found = true;
				for (let above = this.parent[node]; above > 0 && !folded[above]; above = this.parent[above]) {
					// A stack that lost its root must keep saying so.
					folded[above] = Number(this.frames[this.frame[above]].kind !== 'truncated');
				}
				node = this.end[node];
			}
			if (!found) {
				this.#markPlumbing(folded);
			}
			this.#group(folded, 'root');
		}

		#markPlumbing(folded) {
			let whole = this.total[0];
			let node = -1;
			// What is known of whole requests only stands beside the stacks.
			for (let child = 1; child < this.size; child = this.end[child]) {
				if (this.#isTime(child)) {
					whole -= this.total[child];
				}
				else if (node < 0 || this.total[child] > this.total[node]) {
					node = child;
				}
			}
			while (node > 0 && this.total[node] >= whole / 2 && this.self[node] < this.total[node] / 2) {
				const { className, category } = this.frames[this.frame[node]];
				if (category === OWN || !PLUMBING.some((name) => isIn(className, name))) {
					return;
				}
				folded[node] = 1;
				node = this.heaviestChild(node);
			}
		}

		/** @returns {boolean} whether a node stands for a wait, or for time that no sample fell into */
		#isTime(node) {
			return CATEGORIES[this.frames[this.frame[node]].category].time !== undefined;
		}

		/** Chains of framework frames that lead from own code to own code. */
		#foldFrameworks() {
			const folded = new Uint8Array(this.size);
			const chainHead = new Int32Array(this.size).fill(-1);
			for (let node = 1; node < this.size; node++) {
				const parent = this.parent[node];
				const head = chainHead[parent];
				if (this.frames[this.frame[node]].category !== OWN) {
					const onOwn = parent > 0 && this.frames[this.frame[parent]].category === OWN;
					chainHead[node] = onOwn ? node : head;
				}
				else if (head > 0 && this.group[parent] < 0 && this.group[head] < 0
						&& this.total[node] >= FRAMEWORK_FOLD_SHARE * this.total[head]) {
					for (let above = parent; above >= head; above = this.parent[above]) {
						folded[above] = 1;
					}
				}
			}
			this.#group(folded, 'framework');
		}

		/** Makes a group of every connected part of the folded nodes that is long enough. */
		#group(folded, kind) {
			const found = [];
			const foundOf = new Int32Array(this.size).fill(-1);
			for (let node = 1; node < this.size; node++) {
				if (!folded[node]) {
					continue;
				}
				foundOf[node] = foundOf[this.parent[node]];
				if (foundOf[node] < 0) {
					foundOf[node] = found.length;
					found.push({ head: node, kind, length: 0, self: 0, selfSamples: 0, frames: new Set(), label: '' });
				}
				const group = found[foundOf[node]];
				group.length = Math.max(group.length, this.depth[node] - this.depth[group.head] + 1);
			}
			const numbers = found.map((group) => (group.length < SHORTEST_FOLD) ? -1 : this.groups.push(group) - 1);
			for (let node = 1; node < this.size; node++) {
				if (foundOf[node] >= 0) {
					this.group[node] = numbers[foundOf[node]];
				}
			}
		}

		#describeGroups() {
			const libraries = this.groups.map(() => new Map());
			for (let node = 1; node < this.size; node++) {
				const number = this.group[node];
				if (number >= 0) {
					const group = this.groups[number];
					group.self += this.ownSelf[node];
					group.selfSamples += this.ownSamples[node];
					group.frames.add(this.frame[node]);
					const library = libraryOf(this.frames[this.frame[node]]);
					libraries[number].set(library, (libraries[number].get(library) ?? 0) + 1);
				}
			}
			this.groups.forEach((group, number) => {
				const names = [...libraries[number]].sort((a, b) => b[1] - a[1]).map(([name]) => name);
				const shown = (names.length > 3) ? [...names.slice(0, 2), language.say('of.others')] : names;
				group.label = language.say('frames', { n: group.length, list: language.list(shown) });
			});
		}

		/** @returns {number} the child with the largest total, or -1 */
		heaviestChild(node) {
			let heaviest = -1;
			for (let child = node + 1; child < this.end[node]; child = this.end[child]) {
				if (heaviest < 0 || this.total[child] > this.total[heaviest]) {
					heaviest = child;
				}
			}
			return heaviest;
		}

		/** @returns {boolean} whether `node` is `ancestor` or one of its descendants */
		isWithin(node, ancestor) {
			return node >= ancestor && node < this.end[ancestor];
		}

		/**
		 * What is lit in the graph.
		 * @typedef {object} Lighting
		 * @property {Uint8Array} nodes by node: 1 if it is lit, 2 if only its own part is, the one with nothing on it
		 * @property {Uint8Array} groups by group: 1 if its closed bar is lit
		 * @property {Uint8Array} frames by frame: 1 if it is lit anywhere
		 * @property {number} weight the part of the profile that is lit
		 */

		/**
		 * Lights frames wherever they are.
		 * @param {Uint8Array} frames by frame
		 * @returns {Lighting}
		 */
		lightFrames(frames) {
			const nodes = new Uint8Array(this.size);
			const groups = new Uint8Array(this.groups.length);
			for (let node = 1; node < this.size; node++) {
				if (frames[this.frame[node]]) {
					nodes[node] = 1;
					groups[this.group[node]] = 1;
				}
			}
			return { nodes, groups, frames, weight: this.covered(frames) };
		}

		/**
		 * Lights the time on a CPU: what has no wait on it, and of other nodes their own part.
		 * @returns {Lighting}
		 */
		lightCpu() {
			const nodes = new Uint8Array(this.size);
			const frames = new Uint8Array(this.frames.length);
			const waited = new Float64Array(this.size);
			for (let node = this.size - 1; node > 0; node--) {
				const waits = this.#isTime(node) && this.frames[this.frame[node]].category !== UNSAMPLED;
				waited[node] = waits ? this.total[node] : waited[node];
				waited[this.parent[node]] += waited[node];
				if (!waits && (waited[node] === 0 || this.self[node] > 0)) {
					nodes[node] = (waited[node] === 0) ? 1 : 2;
					frames[this.frame[node]] = 1;
				}
			}
			return {
				nodes, frames, groups: Uint8Array.from(this.groups, ({ head }) => Number(nodes[head] === 1)),
				weight: this.total[0] - waited[0]
			};
		}

		/**
		 * The part of the profile whose stacks hold at least one of the given frames, each stack counted once.
		 * @param {Uint8Array} lit by frame
		 * @returns {number}
		 */
		covered(lit) {
			let sum = 0;
			for (let node = 1; node < this.size;) {
				if (lit[this.frame[node]]) {
					sum += this.total[node];
					node = this.end[node];
				}
				else {
					node++;
				}
			}
			return sum;
		}

		/**
		 * What the legend says: the self weight of each category, except that a mark for truncated frames, which has no
		 * weight of its own, stands for all stacks it is in.
		 * @returns {number[]}
		 */
		shareByCategory() {
			const sums = CATEGORIES.map(() => 0);
			this.frames.forEach((frame, index) => sums[frame.category] += this.methodSelf[index]);
			sums[CUT] = this.covered(Uint8Array.from(this.frames, (frame) => Number(frame.category === CUT)));
			return sums;
		}

		/**
		 * Who calls a method and whom it calls, heaviest first; each stack counts once per neighbour.
		 * @param {number} frame
		 * @returns {{callers: {frame: number, weight: number}[], callees: {frame: number, weight: number}[]}}
		 */
		neighbours(frame) {
			const callers = new Map();
			const callees = new Map();
			const add = (map, neighbour, node) => {
				const entry = map.get(neighbour) ?? { frame: neighbour, weight: 0, coveredUntil: 0 };
				if (node >= entry.coveredUntil) {
					entry.weight += this.total[node];
					entry.coveredUntil = this.end[node];
				}
				map.set(neighbour, entry);
			};
			for (let node = 1; node < this.size; node++) {
				const parent = this.parent[node];
				if (parent > 0 && this.frame[node] === frame) {
					add(callers, this.frame[parent], node);
				}
				if (parent > 0 && this.frame[parent] === frame) {
					add(callees, this.frame[node], node);
				}
			}
			const sorted = (map) => [...map.values()].sort((a, b) => b.weight - a.weight || a.frame - b.frame);
			return { callers: sorted(callers), callees: sorted(callees) };
		}

		/** The frames from the root to a node as words, so that the node can be found again in a newer profile. */
		pathOf(node) {
			const path = [];
			for (let at = node; at > 0; at = this.parent[at]) {
				path.push(identity(this.frames[this.frame[at]]));
			}
			return path.reverse();
		}

		/**
		 * A short name for a node that a link can carry: the same in every profile that holds this stack.
		 * @param {number} node
		 * @returns {string|null} null for the root
		 */
		keyOf(node) {
			return (node > 0) ? this.#keys()[node].toString(36) : null;
		}

		/** @returns {number} the node of this name; 0 if there is none */
		nodeOfKey(key) {
			return key ? Math.max(0, this.#keys().findIndex((hash) => hash.toString(36) === key)) : 0;
		}

		/** A hash of the stack that ends at each node. */
		#keys() {
			if (!this.keys) {
				const frames = this.#frameKeys();
				this.keys = new BigUint64Array(this.size).fill(OFFSET_BASIS);
				for (let node = 1; node < this.size; node++) {
					this.keys[node] = hashed(this.keys[this.parent[node]], frames[this.frame[node]]);
				}
			}
			return this.keys;
		}

		/** @returns {string} a short name for a method, see `keyOf` */
		keyOfFrame(frame) {
			return this.#frameKeys()[frame].toString(36);
		}

		/** @returns {number} the method of this name, or -1 */
		frameOfKey(key) {
			return key ? this.#frameKeys().findIndex((hash) => hash.toString(36) === key) : -1;
		}

		#frameKeys() {
			return this.frameKeys ??= this.frames.map(hashOf);
		}

		/** @returns {number} the deepest node on a path of words; 0 if not even its first frame is there */
		find(path) {
			let node = 0;
			for (const words of path) {
				let child = node + 1;
				while (child < this.end[node] && identity(this.frames[this.frame[child]]) !== words) {
					child = this.end[child];
				}
				if (child >= this.end[node]) {
					break;
				}
				node = child;
			}
			return node;
		}

	}

	function identity(frame) {
		return frame.kind + ' ' + frame.text;
	}

	/** One step of the 64-bit hash FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/. */
	function hashed(hash, value) {
		return BigInt.asUintN(64, (hash ^ value) * 0x100000001b3n);
	}

	function hashOf(frame) {
		return [...identity(frame)].reduce((hash, character) => hashed(hash, BigInt(character.codePointAt(0))), OFFSET_BASIS);
	}

	/**
	 * Turns what was typed into a test of a frame: plain text ignores case, `/…/` is a regular expression.
	 * @param {string} query
	 * @returns {{test: ((text: string) => boolean)|null, error: string|null}}
	 */
	function matcher(query) {
		const expression = /^\/(.+?)(?:\/([a-z]*))?$/s.exec(query);
		if (expression) {
			try {
				// 'g' and 'y' would make the expression remember where it stopped.
				const flags = new Set('i' + (expression[2] ?? '').replace(/[gy]/g, ''));
				const regex = new RegExp(expression[1], [...flags].join(''));
				return { test: (text) => regex.test(text), error: null };
			}
			catch (error) {
				return { test: null, error: language.say('notARegularExpression', { reason: reasonOf(error) }) };
			}
		}
		const needle = query.trim().toLowerCase();
		if (!needle || needle === '/') {
			return { test: null, error: null };
		}
		return { test: (text) => text.toLowerCase().includes(needle), error: null };
	}

	function reasonOf(error) {
		const message = String(error.message);
		return message.slice(message.lastIndexOf(': ') + 1).trim().toLowerCase();
	}

	/**
	 * Which box lies in which row. A box is a node (its number) or, from `tree.size` on, the bar of a group: closed it
	 * stands for its frames, open it stays below them as the handle to close it again.
	 */
	class Layout {

		/**
		 * @param {CallTree} tree
		 * @param {(group: Group, number: number) => 'open'|'closed'|'absent'} stateOf
		 */
		constructor(tree, stateOf) {
			this.tree = tree;
			this.states = tree.groups.map(stateOf);
			/** The row of each box, -1 if it is not drawn. */
			this.row = new Int32Array(tree.size + tree.groups.length).fill(-1);
			/** @type {number[][]} boxes of each row from left to right */
			this.rows = [[0]];
			this.row[0] = 0;
			const top = new Int32Array(tree.size);
			for (let node = 1; node < tree.size; node++) {
				const number = tree.group[node];
				const state = (number >= 0) ? this.states[number] : 'absent';
				let row = top[tree.parent[node]];
				if (state !== 'absent' && tree.groups[number].head === node) {
					this.#put(tree.size + number, ++row);
				}
				if (state !== 'closed') {
					this.#put(node, ++row);
				}
				top[node] = row;
			}
		}

		#put(box, row) {
			if (this.width(box) > 0) {
				this.row[box] = row;
				(this.rows[row] ??= []).push(box);
			}
		}

		/** @returns {Group|null} the group whose bar this box is */
		groupOf(box) {
			return this.tree.groups[box - this.tree.size] ?? null;
		}

		/** @returns {boolean} whether the box is a bar that hides its frames */
		isClosed(box) {
			return this.states[box - this.tree.size] === 'closed';
		}

		/** @returns {number} the node at which the box begins */
		nodeOf(box) {
			return (box < this.tree.size) ? box : this.tree.groups[box - this.tree.size].head;
		}

		start(box) {
			return this.tree.start[this.nodeOf(box)];
		}

		width(box) {
			return this.tree.total[this.nodeOf(box)];
		}

		/** @returns {number} the box that shows this node: itself, or the closed bar it is folded into */
		boxOf(node) {
			return (this.row[node] >= 0) ? node : this.tree.size + this.tree.group[node];
		}

		/**
		 * The first box in a row that ends after a position, by binary search.
		 * @returns {number} an index into `rows[row]`, possibly its length
		 */
		firstEndingAfter(row, position, from = 0) {
			const boxes = this.rows[row];
			let low = from;
			let high = boxes.length;
			while (low < high) {
				const middle = (low + high) >>> 1;
				if (this.start(boxes[middle]) + this.width(boxes[middle]) > position) {
					high = middle;
				}
				else {
					low = middle + 1;
				}
			}
			return low;
		}

		/** @returns {number} the box in a row at a position, or -1 */
		at(row, position) {
			const boxes = this.rows[row];
			if (!boxes) {
				return -1;
			}
			const box = boxes[this.firstEndingAfter(row, position)];
			return (box !== undefined && this.start(box) <= position) ? box : -1;
		}

		/** @returns {number} the box one row nearer to the root, or the box itself */
		below(box) {
			const under = this.at(this.row[box] - 1, this.start(box) + this.width(box) / 2);
			return (under >= 0) ? under : box;
		}

		/** @returns {number} the widest box that lies on this one, or the box itself */
		above(box) {
			const row = this.row[box] + 1;
			let widest = box;
			let width = 0;
			if (row < this.rows.length) {
				const stop = this.start(box) + this.width(box);
				const boxes = this.rows[row];
				for (let index = this.firstEndingAfter(row, this.start(box)); index < boxes.length; index++) {
					if (this.start(boxes[index]) >= stop) {
						break;
					}
					if (this.width(boxes[index]) > width) {
						widest = boxes[index];
						width = this.width(widest);
					}
				}
			}
			return widest;
		}

		/** @returns {number} the neighbour in the same row, or the box itself */
		beside(box, step) {
			const boxes = this.rows[this.row[box]];
			return boxes[boxes.indexOf(box) + step] ?? box;
		}

	}

	viewer.SCHEMA = SCHEMA;
	viewer.model = { SCHEMA, CATEGORIES, TIMES, timeName, CallTree, Layout, matcher };

})(globalThis.ProfiledViewer ??= {});
