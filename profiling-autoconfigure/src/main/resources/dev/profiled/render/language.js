/*
 * What is said, by language. A text may name values in braces, and may come in the plural forms of its language, chosen
 * by `n`. English is always there; a host may bring other languages. Terms of the field (sample, p95), and what an
 * application says itself, stay as they are.
 */
(function (viewer) {
	'use strict';

	/** @type {Object<string, Object<string, string|Object<string, string>>>} */
	const TEXTS = {
		en: {
			'event.cpu': 'CPU',
			'event.alloc': 'Allocation',
			'event.lock': 'Locks',
			'event.wall': 'Wall clock',
			'amount.cpu': '{weight} of CPU',
			'amount.alloc': '{weight} allocated',
			'amount.lock': '{weight} blocked',
			'amount.wall': '{weight} elapsed',
			'amount.other': '{weight} of {event}',
			perRequest: '{weight} per request',
			every: 'every {interval}',
			'every.lock': 'every {interval} blocked',
			events: 'Events',
			'tab.cpu': 'CPU',
			'tab.wall': 'Wall',
			'tab.alloc': 'Alloc',
			'tab.lock': 'Lock',
			'hint.tab.cpu': 'Time on a processor',
			'hint.tab.wall': 'Elapsed time: on a processor, and waiting',
			'hint.tab.alloc': 'Allocated memory',
			'hint.tab.lock': 'Time blocked by locks',
			'time.cpu': 'CPU',
			'time.core': 'Waiting for a core',
			'time.lock': 'Lock',
			'time.pool': 'Pool',
			'time.socket': 'Socket',
			'time.file': 'File',
			'time.sleep': 'Sleep',
			'time.gc': 'GC',
			'time.other': 'Other wait',
			'time.cpu.what': 'Running on a processor',
			'time.core.what': 'Able to run, while all processors were busy',
			'time.lock.what': 'Until another thread gave back a monitor or lock',
			'time.pool.what': 'Parked until another thread had done something, such as given back a connection',
			'time.socket.what': 'For a peer on the network: a database, another service, the client',
			'time.file.what': 'For a file',
			'time.sleep.what': 'Asleep on purpose',
			'time.gc.what': 'Stopped by a pause of the garbage collector',
			'time.other.what': 'For something else',
			'split.elapsed': '{elapsed} elapsed',
			'split.label': 'Where {elapsed} per request went.',
			'split.part': '{name}: {time} per request, {share}',
			requests: { one: '{n} request', other: '{n} requests' },
			samples: { one: '{n} sample', other: '{n} samples' },
			places: { one: '{n} place', other: '{n} places' },
			days: { one: '{n} day', other: '{n} days' },
			tooFew: 'too few to trust: wait for {missing} more',
			tooFewLocks: 'too few to compare: requests are rarely blocked',
			tooFewRequests: 'too few to trust: wait for {missing} more, about {requests}',
			last: 'last {stretch}',
			until: '{stretch} until {clock}',
			between: 'From {first} to {last}',
			latency: 'latency {figures}',
			'is.off': 'off',
			'is.suspended': 'suspended',
			'is.unavailable': 'unavailable',
			profilerIs: 'The profiler is {state}',
			fallback: 'async-profiler cannot run here, so the JVM itself reads the stacks: those on a CPU are approximate, and '
					+ 'native code, allocations and short blocks are not seen.',
			ignored: 'Not understood and ignored: {names}.',
			engine: 'Engine {engine}',
			engineEvery: 'Engine {engine}, one sample every {interval}',
			'engineEvery.wall': 'Engine {engine} on the CPU, waiting threads looked at every {interval}',
			'engineEvery.alloc': 'One sample for every {interval} allocated',
			'engineEvery.lock': 'One sample for every {interval} blocked',
			'engine.thread-sampler': 'thread-sampler (the JVM itself, without async-profiler)',
			measured: 'Measured per request: {costs}',
			'measured.cpu': '{time} CPU',
			'measured.alloc': '{size} allocated',
			'measured.waits': '{time} waiting',
			'covered.cpu': 'samples cover {share} of the CPU time',
			'covered.alloc': 'samples cover {share} of the memory',
			approximate: {
				one: 'CPU stacks of {n} request are approximate: it ran on a virtual thread, or while async-profiler could not',
				other: 'CPU stacks of {n} requests are approximate: they ran on virtual threads, or while async-profiler could not'
			},
			'approximate.fallback': {
				one: 'CPU stacks of {n} request are approximate: async-profiler cannot run, so the JVM itself reads them',
				other: 'CPU stacks of {n} requests are approximate: async-profiler cannot run, so the JVM itself reads them'
			},
			kernelFrames: 'With kernel frames',
			noKernelFrames: 'Without kernel frames',
			'dropped.truncatedSamples': { one: '{n} truncated sample', other: '{n} truncated samples' },
			'dropped.discardedSamples': { one: '{n} discarded sample', other: '{n} discarded samples' },
			dropped: 'Dropped: {list}',
			nothingDropped: 'Nothing dropped',
			'skipped.busy': {
				one: '{n} request while another request was being profiled',
				other: '{n} requests while another request was being profiled'
			},
			'skipped.arming': {
				one: '{n} request while the profiler was arming', other: '{n} requests while the profiler was arming'
			},
			'skipped.async': {
				one: '{n} request because it went on asynchronously',
				other: '{n} requests because they went on asynchronously'
			},
			'skipped.unavailable': {
				one: '{n} request since the profiler could not run', other: '{n} requests since the profiler could not run'
			},
			'skipped.virtual-thread': { one: '{n} request on a virtual thread', other: '{n} requests on virtual threads' },
			'skipped.lost': {
				one: '{n} request that came too fast to be remembered',
				other: '{n} requests that came too fast to be remembered'
			},
			'skipped.other': { one: '{n} request ({reason})', other: '{n} requests ({reason})' },
			notProfiled: 'Not profiled: {list}',
			underWay: { one: '{n} request under way, not counted yet', other: '{n} requests under way, not counted yet' },
			'empty.noSamples': 'No samples yet',
			'empty.noRequests': 'No requests yet',
			'empty.lock': 'No request was blocked by a lock',
			'empty.goodNews': 'That is good news: no lock cost time worth a sample.',
			'empty.lookAtWall': 'If the endpoint is slow, look at the wall clock: it shows what else its requests wait for.',
			'empty.notSampled': '{event}: not sampled',
			'empty.notTaken': 'The profiler runs, but takes no samples of this event.',
			'empty.otherEvent': 'Choose another event.',
			'empty.cannot': 'No samples can be taken.',
			'empty.log': 'See the log of the application for the reason.',
			'empty.none': 'No request was profiled, so no samples are to be expected.',
			'empty.noneEvery': 'No request was profiled, so no samples are to be expected: one is taken every {interval} '
					+ 'of a request’s work.',
			'empty.call': 'Call {route} and reload this page.',
			'empty.again': 'Call {route} again and reload this page.',
			'empty.times': {
				one: 'Call {route} about {n} more time: that makes some {enough} samples if the requests compute all the time.',
				other: 'Call {route} about {n} more times: that makes some {enough} samples if the requests compute all the time.'
			},
			'empty.waits': 'If the endpoint is slow and this page stays empty, it waits rather than computes: '
					+ 'look at its database, locks and remote calls.',
			'empty.skipped': 'Not profiled: {list}.',
			'empty.toDo': 'What to do',
			anyRoute: 'the endpoint',
			'seen.none': 'No request was seen.',
			seen: { one: '{n} request was seen.', other: '{n} requests were seen.' },
			'seen.taking': {
				one: '{n} request was seen, taking {mean} on average.',
				other: '{n} requests were seen, taking {mean} on average.'
			},
			'expect.every': 'One sample is taken every {interval}.',
			'expect.every.alloc': 'One sample is taken for every {interval} allocated.',
			'expect.less': 'With one sample every {interval}, less than one sample is to be expected',
			'expect.most': {
				one: 'With one sample every {interval}, at most {n} sample is to be expected',
				other: 'With one sample every {interval}, at most {n} samples are to be expected'
			},
			'expect.end': '.',
			'expect.waits': ', and fewer if the requests waited: only time on a CPU is sampled.',
			'category.own': 'Your code',
			'category.library': 'Libraries',
			'category.jdk': 'JDK',
			'category.native': 'Native',
			'category.kernel': 'Kernel',
			'category.type': 'Types',
			'category.cut': 'Truncated',
			'category.unsampled': 'CPU, not sampled',
			'of.own': 'your code',
			'of.native': 'native code',
			'of.jdk': 'the JDK',
			'of.libraries': 'other libraries',
			'of.others': 'others',
			frames: { one: '{n} frame of {list}', other: '{n} frames of {list}' },
			notARegularExpression: 'Not a regular expression: {reason}',
			flameGraph: 'Flame graph',
			aboutGraph: 'Flame graph of {title}, {amount}. Arrow keys walk from frame to frame, Enter zooms, question mark '
					+ 'lists all keys.',
			nothingToDraw: 'Nothing to draw',
			unreadable: 'This page holds no profile that can be read.',
			otherSchema: 'This viewer reads profiles of schema {known}, and this one is of schema {schema}. Open it with '
					+ 'the version of Profiled that wrote it.',
			damaged: 'This profile is damaged: {reason}. Load it again.',
			zoom: 'Zoom',
			graph: 'Graph',
			all: 'all',
			search: 'Search: text or /regex/',
			searchFrames: 'Search frames',
			matched: 'matched {share}',
			'button.reset': 'Reset',
			'button.fold': 'Fold root',
			'button.frameworks': 'Fold frameworks',
			'button.flip': 'Icicle',
			'button.table': 'Methods',
			'button.help': 'Keys',
			'hint.reset': 'Back to the whole graph (Esc)',
			'hint.fold': 'Fold or unfold the common root (f)',
			'hint.frameworks': 'Fold framework frames between your own (g)',
			'hint.flip': 'Flame or icicle (i)',
			'hint.table': 'Top methods (t)',
			'hint.help': 'What the keys do (?)',
			'key.events': 'CPU, wall clock, allocation, locks; on the tabs: ← →',
			'key.search': 'or Ctrl F: search by text or /regex/',
			'key.enter': 'in the search: go to the widest match; on a frame: zoom',
			'key.walk': 'walk from frame to frame',
			'key.back': 'zoom back out by one step',
			'key.escape': 'back to the whole graph; once more: clear search, filters and selection',
			'key.select': 'select the method of the frame',
			'key.root': 'fold or unfold the common root',
			'key.frameworks': 'fold or unfold framework frames between your own',
			'key.flip': 'flame or icicle',
			'key.methods': 'top methods',
			'key.help': 'these keys',
			mouse: 'With the mouse: click zooms, Ctrl and the wheel zoom at the pointer, a sideways wheel pans.',
			close: 'Close',
			filterByKind: 'Filter by kind of frame',
			share: '{share} of the graph is these frames’ own; click to show only them',
			shareCut: '{share} of the graph has incomplete stacks; click to show only them',
			self: 'Self',
			total: 'Total',
			'tip.total': 'total',
			'tip.self': 'self',
			'tip.perRequest': 'per request',
			'tip.ofAll': 'of all',
			'tip.ofElapsed': 'of the elapsed time',
			'tip.ofParent': 'of parent',
			'tip.samples': 'samples',
			'tip.unfold': 'Click to unfold',
			'tip.fold': 'Click to fold',
			'tip.together': 'In {places}, together {weight} = {share}',
			'focus.total': 'total {weight}, {share}',
			'focus.self': 'self {weight}, {share}',
			'focus.unfolds': 'Enter unfolds',
			'focus.depth': 'depth {depth}',
			method: 'Method',
			topMethods: 'Top methods',
			methodsByTime: 'Methods by self and total',
			closeMethods: 'Close the methods',
			clearSelection: 'Clear the selection',
			showMore: 'Show {shown} of {left} more',
			ofMethod: 'total {total}, {totalShare} · self {self}, {selfShare} · in {places}',
			calledBy: 'Called by',
			calls: 'Calls',
			noCallers: 'Nothing: it is where stacks begin.',
			noCallees: 'Nothing: it is where stacks end.',
			andMore: 'and {n} more'
		}
	};

	let current = 'en';

	/** How times are written; as the browser does, until a host chooses a language. @type {string|undefined} */
	let chosen;

	/**
	 * Adds what is said in a language.
	 * @param {string} tag the language without a region
	 * @param {Object<string, string|Object<string, string>>} texts what English has; what is missing is said in English
	 */
	function add(tag, texts) {
		TEXTS[tag] = { ...TEXTS[tag], ...texts };
	}

	/**
	 * Says everything from now on in a language, or in English if it is not known.
	 * @param {string} tag like `de` or `zh-CN`
	 */
	function use(tag) {
		const primary = tag.toLowerCase().split(/[-_]/)[0];
		current = Object.hasOwn(TEXTS, primary) ? primary : 'en';
		chosen = (current === primary) ? tag : current;
	}

	/** @returns {string|undefined} the locale for `Intl`, with its region if one was given; the browser's if undefined */
	function locale() {
		return chosen;
	}

	/** @returns {boolean} whether there is such a text */
	function knows(key) {
		return Object.hasOwn(TEXTS.en, key);
	}

	/**
	 * @param {string} key
	 * @param {Object<string, string|number>} [values] numbers are written as counts, texts as they are
	 * @returns {string}
	 */
	function say(key, values = {}) {
		const found = TEXTS[current][key] ?? TEXTS.en[key];
		const text = (typeof found === 'string') ? found : found[new Intl.PluralRules(current).select(values.n)] ?? found.other;
		return text.replace(/\{(\w+)}( ?)/g, (_, name, space) => {
			const value = values[name];
			return (typeof value === 'number') ? viewer.format.count(value) + space.replace(' ', '\u00a0') : value + space;
		});
	}

	/**
	 * Several words as one enumeration: `a, b and c`.
	 * @param {string[]} words
	 * @returns {string}
	 */
	function list(words) {
		return new Intl.ListFormat((current === 'en') ? 'en-GB' : current).format(words);
	}

	viewer.language = { add, use, locale, knows, say, list, texts: TEXTS };

})(globalThis.ProfiledViewer ??= {});
