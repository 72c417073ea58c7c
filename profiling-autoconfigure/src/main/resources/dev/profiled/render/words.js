/*
 * What the page says about a profile, apart from the graph: its first line, its notices, the truth about how it was
 * measured, and what to do when there is nothing to draw. Pure.
 */
(function (viewer) {
	'use strict';

	const { count, quantity, percent, stretch, visible, words, clock } = viewer.format;
	const { say, list, knows } = viewer.language;

	/** With fewer samples than this, percentages are mostly noise. */
	const ENOUGH_SAMPLES = 100;

	/** A profile whose last request is older than this is not described as "last 12 min". */
	const RECENT_MILLISECONDS = 5 * 60_000;

	/** The state in which the JVM itself reads the stacks. */
	const FALLBACK = 'fallback';

	/** Events that only see time on a CPU, or only part of it. */
	const WAITS = ['cpu'];

	/** Events whose weight is time that requests certainly spend. */
	const TIMES = ['cpu', 'wall'];

	const WORKING_STATES = ['armed', 'idle', 'arming', FALLBACK];

	/** @returns {string} the name of an event */
	function eventName(event) {
		return knows('event.' + event) ? say('event.' + event) : visible(event);
	}

	function amountOf(profile) {
		const weight = quantity(profile.weight, profile.unit);
		return knows('amount.' + profile.event) ? say('amount.' + profile.event, { weight })
				: say('amount.other', { weight, event: visible(profile.event) });
	}

	function waits(profile) {
		return WAITS.includes(profile.event);
	}

	function intervalOf(profile) {
		return profile.interval > 0 ? quantity(profile.interval, profile.unit) : null;
	}

	/** The words of an event if it has some, or those of all. */
	function sayOf(key, event, values) {
		return say(knows(key + '.' + event) ? key + '.' + event : key, values);
	}

	function engineName(engine) {
		return knows('engine.' + engine) ? say('engine.' + engine) : visible(engine);
	}

	/** Whether the profiler takes samples, but none of this event. */
	function isNotSampled(profile) {
		const intervals = Object.keys(profile.profiler?.intervals ?? {});
		return intervals.length > 0 && !intervals.includes(profile.event) && !(profile.interval > 0);
	}

	/** A call a person can make to get a request into the profile. */
	function routeOf(profile) {
		return (profile.patterns?.length > 0) ? list(profile.patterns.map(visible)) : say('anyRoute');
	}

	/** When the profile's requests were, as short as possible. */
	function period(profile, now) {
		if (!profile.firstProfiled || !profile.lastProfiled) {
			return null;
		}
		const first = new Date(profile.firstProfiled);
		const last = new Date(profile.lastProfiled);
		if (now - last < RECENT_MILLISECONDS) {
			return say('last', { stretch: stretch(now - first) });
		}
		return say('until', { stretch: stretch(last - first), clock: clock(last, now) });
	}

	/** How many samples are missing to enough, and about how many requests that takes. */
	function missing(profile) {
		const samples = ENOUGH_SAMPLES - profile.samples;
		if (!(profile.requests > 0) || profile.samples === 0) {
			return { samples, requests: null };
		}
		return { samples, requests: Math.ceil(samples * profile.requests / profile.samples) };
	}

	function samplesPhrase(profile) {
		const taken = say('samples', { n: profile.samples });
		const interval = intervalOf(profile);
		const text = interval ? taken + ' (' + sayOf('every', profile.event, { interval }) + ')' : taken;
		if (!(profile.weight > 0) || profile.samples >= ENOUGH_SAMPLES) {
			return { text, warning: null };
		}
		if (profile.event === 'lock' && profile.requests >= ENOUGH_SAMPLES) {
			return { text, warning: say('tooFewLocks') };
		}
		const more = missing(profile);
		return {
			text,
			warning: more.requests
					? say('tooFewRequests', { missing: more.samples, requests: say('requests', { n: more.requests }) })
					: say('tooFew', { missing: more.samples })
		};
	}

	/**
	 * The first line, in parts: the name, what it holds, when, and how many samples.
	 * @returns {{title: string, event: string, amount: string, period: string|null, samples: string, warning: string|null}}
	 */
	function headline(profile, now) {
		const { text, warning } = samplesPhrase(profile);
		// what a file holds may be of no requests at all
		const amount = (profile.requests > 0 || !(profile.weight > 0)) ? [say('requests', { n: profile.requests })] : [];
		if (profile.weight > 0) {
			amount.push(amountOf(profile));
			if (profile.requests > 0) {
				amount.push(say('perRequest', { weight: quantity(profile.weight / profile.requests, profile.unit) }));
			}
		}
		return {
			title: visible(profile.title || profile.name),
			event: eventName(profile.event),
			amount: amount.join(', '),
			period: period(profile, now),
			samples: text,
			warning
		};
	}

	/** The second line: what was called and how long it took. */
	function subject(profile) {
		const parts = [];
		if (profile.patterns?.length > 0) {
			parts.push(profile.patterns.map(visible).join(', '));
		}
		if (profile.handlers?.length > 0) {
			parts.push(profile.handlers.map((name) => visible(name).split('.').slice(-2).join('.')).join(', '));
		}
		const { latency } = profile;
		if (latency) {
			const figures = ['mean', 'p50', 'p95', 'p99', 'max']
				.filter((name) => Number.isFinite(latency[name]))
				.map((name) => name + ' ' + quantity(latency[name], 'ns'));
			parts.push(say('latency', { figures: figures.join(', ') }));
		}
		return parts;
	}

	/** What a reader must know before believing the graph; without samples, `emptiness` speaks for the profiler. */
	function notices(profile, empty) {
		const notices = [];
		const profiler = profile.profiler ?? {};
		const troubled = profiler.state && (profiler.state === FALLBACK || !WORKING_STATES.includes(profiler.state));
		if (!empty && (profiler.message || troubled)) {
			const state = (profiler.state === FALLBACK) ? say('fallback') : troubled ? profilerIs(profiler.state) + say('expect.end') : null;
			const said = profiler.message ? visible(profiler.message) : state;
			notices.push([said, profiler.advice && visible(profiler.advice)].filter(Boolean).join(' '));
		}
		if (profile.ignoredParameters?.length > 0) {
			notices.push(say('ignored', { names: list(profile.ignoredParameters.map((name) => '“' + visible(name) + '”')) }));
		}
		return notices;
	}

	function profilerIs(state) {
		return say('profilerIs', { state: knows('is.' + state) ? say('is.' + state) : visible(state) });
	}

	/** How the profile was measured, what is approximate, and what is not in it. */
	function truths(profile) {
		const profiler = profile.profiler ?? {};
		const ofTime = TIMES.includes(profile.event);
		const truths = [measuredPhrase(profile), ofTime && approximatePhrase(profile)].filter(Boolean);
		const interval = intervalOf(profile);
		if (!ofTime && interval) {
			truths.push(sayOf('engineEvery', profile.event, { engine: engineName(profiler.engine ?? ''), interval }));
		}
		else if (profiler.engine) {
			const engine = engineName(profiler.engine);
			truths.push(interval ? sayOf('engineEvery', profile.event, { engine, interval }) : say('engine', { engine }));
			truths.push(say(profiler.kernelFrames ? 'kernelFrames' : 'noKernelFrames'));
		}
		truths.push(...(profiler.limits ?? []).map((limit) => visible(limit).replace(/\.$/, '')));
		const dropped = counted(profile.dropped).map(([name, n]) => knows('dropped.' + name) ? say('dropped.' + name, { n })
				: count(n) + ' ' + words(name));
		truths.push(dropped.length > 0 ? say('dropped', { list: list(dropped) }) : say('nothingDropped'));
		const skipped = skippedPhrase(profile);
		if (skipped) {
			truths.push(say('notProfiled', { list: skipped }));
		}
		if (profile.inFlight > 0) {
			truths.push(say('underWay', { n: profile.inFlight }));
		}
		return truths;
	}

	/** What requests really cost by the counters of the JVM, and how much of it the samples account for. */
	function measuredPhrase({ measured, split, event }) {
		if (!(measured?.requests > 0)) {
			return null;
		}
		const costs = [say('measured.cpu', { time: quantity(measured.cpuTime / measured.requests, 'ns') })];
		if (measured.allocatedBytes > 0) {
			costs.push(say('measured.alloc', { size: quantity(measured.allocatedBytes / measured.requests, 'bytes') }));
		}
		const parts = viewer.split.partsOf(split);
		if (parts.length > 0) {
			const waited = parts.filter(({ id }) => id !== 'cpu').reduce((sum, { perRequest }) => sum + perRequest, 0);
			costs.push(say('measured.waits', { time: quantity(waited, 'ns') }));
		}
		const sentence = say('measured', { costs: costs.join(', ') });
		const covered = {
			cpu: ['covered.cpu', measured.sampledCpuTime, measured.cpuTime],
			wall: ['covered.cpu', measured.sampledCpuTime, measured.cpuTime],
			alloc: ['covered.alloc', measured.sampledBytes, measured.allocatedBytes]
		};
		const [key, sampled, whole] = Object.hasOwn(covered, event) ? covered[event] : [];
		return (whole > 0) ? sentence + '; ' + say(key, { share: percent(sampled, whole) }) : sentence;
	}

	function approximatePhrase({ approximateRequests: n, profiler }) {
		return (n > 0) ? say((profiler?.state === FALLBACK) ? 'approximate.fallback' : 'approximate', { n }) : null;
	}

	function counted(counts) {
		return Object.entries(counts ?? {}).filter(([, value]) => value > 0);
	}

	function skippedPhrase(profile) {
		return list(counted(profile.skipped).map(([reason, n]) => knows('skipped.' + reason) ? say('skipped.' + reason, { n })
				: say('skipped.other', { n, reason: words(reason) })));
	}

	/**
	 * The words for a profile without samples.
	 * @returns {{title: string, sentences: string[], steps: string[]}}
	 */
	function emptiness(profile) {
		const profiler = profile.profiler ?? {};
		const skipped = skippedPhrase(profile);
		const answer = { title: say('empty.noSamples'), sentences: [], steps: [] };
		if (profiler.state && !WORKING_STATES.includes(profiler.state)) {
			answer.title = profilerIs(profiler.state);
			answer.sentences.push(...[profiler.message].filter(Boolean).map(visible));
			answer.sentences.push(seen(profile) + ' ' + say('empty.cannot'));
			answer.steps.push(profiler.advice ? visible(profiler.advice) : say('empty.log'));
		}
		else if (isNotSampled(profile)) {
			answer.title = say('empty.notSampled', { event: eventName(profile.event) });
			answer.sentences.push(say('empty.notTaken'));
			answer.sentences.push(...[profiler.message].filter(Boolean).map(visible));
			answer.steps.push(...[profiler.advice].filter(Boolean).map(visible), say('empty.otherEvent'));
		}
		else if (profile.event === 'lock' && profile.requests > 0) {
			answer.title = say('empty.lock');
			answer.sentences.push(seen(profile) + ' ' + say('empty.goodNews'));
			answer.sentences.push(...[profiler.message].filter(Boolean).map(visible));
			answer.steps.push(say('empty.lookAtWall'));
		}
		else if (!(profile.requests > 0)) {
			const interval = intervalOf(profile);
			answer.title = say('empty.noRequests');
			answer.sentences.push(...[profiler.message].filter(Boolean).map(visible));
			answer.sentences.push((interval && TIMES.includes(profile.event)) ? say('empty.noneEvery', { interval }) : say('empty.none'));
			answer.steps.push(say('empty.call', { route: routeOf(profile) }));
		}
		else {
			answer.sentences.push(seen(profile));
			answer.sentences.push(...expectation(profile));
			answer.sentences.push(...[profiler.message].filter(Boolean).map(visible));
			answer.steps.push(...[profiler.advice].filter(Boolean).map(visible));
			answer.steps.push(moreRequests(profile));
			if (waits(profile)) {
				answer.steps.push(say('empty.waits'));
			}
		}
		if (skipped) {
			answer.sentences.push(say('empty.skipped', { list: skipped }));
		}
		return answer;
	}

	function seen(profile) {
		if (!(profile.requests > 0)) {
			return say('seen.none');
		}
		const { requests: n, latency } = profile;
		return latency ? say('seen.taking', { n, mean: quantity(latency.mean, 'ns') }) : say('seen', { n });
	}

	function expectedSamples(profile) {
		return (profile.latency && TIMES.includes(profile.event) && profile.interval > 0)
				? profile.requests * profile.latency.mean / profile.interval : null;
	}

	function expectation(profile) {
		const expected = expectedSamples(profile);
		const interval = intervalOf(profile);
		if (expected === null) {
			return interval ? [sayOf('expect.every', profile.event, { interval })] : [];
		}
		const most = (expected < 1) ? say('expect.less', { interval }) : say('expect.most', { interval, n: Math.round(expected) });
		return [most + say(waits(profile) ? 'expect.waits' : 'expect.end')];
	}

	function moreRequests(profile) {
		const expected = expectedSamples(profile);
		const route = routeOf(profile);
		if (expected === null || expected >= ENOUGH_SAMPLES) {
			return say('empty.again', { route });
		}
		const n = Math.ceil((ENOUGH_SAMPLES - expected) * profile.requests / Math.max(expected, 1e-9));
		return say('empty.times', { route, n, enough: ENOUGH_SAMPLES });
	}

	viewer.words = { headline, subject, notices, truths, emptiness, eventName };

})(globalThis.ProfiledViewer ??= {});
