/*
 * What the page says about a profile, apart from the graph: its first line, its notices, the truth about how it was
 * measured, and what to do when there is nothing to draw. Pure.
 */
(function (viewer) {
	'use strict';

	const { count, quantity, stretch, list, plural, visible, words, clock } = viewer.format;

	/** With fewer samples than this, percentages are mostly noise. */
	const ENOUGH_SAMPLES = 100;

	/** A profile whose last request is older than this is not described as "last 12 min". */
	const RECENT_MILLISECONDS = 5 * 60_000;

	const EVENTS = {
		cpu: { name: 'CPU', amount: 'of CPU', waits: true },
		alloc: { name: 'Allocation', amount: 'allocated' },
		lock: { name: 'Locks', amount: 'blocked' },
		wall: { name: 'Wall clock', amount: 'of wall-clock time' }
	};

	const WORKING_STATES = ['armed', 'idle', 'arming'];

	const SKIPPED = {
		busy: 'while another request was being profiled',
		arming: 'while the profiler was arming',
		async: 'because they went on asynchronously'
	};

	function eventOf(profile) {
		return EVENTS[profile.event] ?? { name: visible(profile.event), amount: 'of ' + visible(profile.event) };
	}

	function every(profile) {
		return profile.interval > 0 ? 'every ' + quantity(profile.interval, profile.unit) : null;
	}

	/** A call a person can make to get a request into the profile. */
	function callOf(profile) {
		return (profile.patterns?.length > 0) ? list(profile.patterns.map(visible)) : 'the endpoint';
	}

	/** When the profile's requests were, as short as possible. */
	function period(profile, now) {
		if (!profile.firstProfiled || !profile.lastProfiled) {
			return null;
		}
		const first = new Date(profile.firstProfiled);
		const last = new Date(profile.lastProfiled);
		if (now - last < RECENT_MILLISECONDS) {
			return 'last ' + stretch(now - first);
		}
		return stretch(last - first) + ' until ' + clock(last, now);
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
		const taken = plural(profile.samples, 'sample') + (every(profile) ? ' (' + every(profile) + ')' : '');
		if (profile.samples === 0 || profile.samples >= ENOUGH_SAMPLES) {
			return { text: taken, warning: null };
		}
		const more = missing(profile);
		return {
			text: taken,
			warning: 'too few to trust: wait for ' + count(more.samples) + ' more'
					+ (more.requests ? ', about ' + plural(more.requests, 'request') : '')
		};
	}

	/**
	 * The first line, in parts: the name, what it holds, when, and how many samples.
	 * @returns {{title: string, event: string, amount: string, period: string|null, samples: string, warning: string|null}}
	 */
	function headline(profile, now) {
		const { text, warning } = samplesPhrase(profile);
		const amount = [plural(profile.requests, 'request')];
		if (profile.samples > 0) {
			amount.push(quantity(profile.weight, profile.unit) + ' ' + eventOf(profile).amount);
			if (profile.requests > 0) {
				amount.push(quantity(profile.weight / profile.requests, profile.unit) + ' per request');
			}
		}
		return {
			title: visible(profile.title || profile.name),
			event: eventOf(profile).name,
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
			parts.push('latency ' + figures.join(', '));
		}
		return parts;
	}

	/** What a reader must know before believing the graph; without samples, `emptiness` speaks for the profiler. */
	function notices(profile, empty) {
		const notices = [];
		const profiler = profile.profiler ?? {};
		if (!empty && (profiler.message || (profiler.state && !WORKING_STATES.includes(profiler.state)))) {
			const said = profiler.message ?? 'The profiler is ' + profiler.state + '.';
			notices.push([said, profiler.advice].filter(Boolean).map(visible).join(' '));
		}
		if (profile.ignoredParameters?.length > 0) {
			notices.push('Not understood and ignored: ' + list(profile.ignoredParameters.map((name) => '“' + visible(name) + '”'))
					+ '.');
		}
		return notices;
	}

	/** How the profile was measured, what is approximate, and what is not in it. */
	function truths(profile) {
		const profiler = profile.profiler ?? {};
		const truths = [];
		if (profiler.engine) {
			truths.push('Engine ' + visible(profiler.engine) + (every(profile) ? ', one sample ' + every(profile) : ''));
			truths.push(profiler.kernelFrames ? 'With kernel frames' : 'Without kernel frames');
		}
		truths.push(...(profiler.limits ?? []).map((limit) => visible(limit).replace(/\.$/, '')));
		const dropped = counted(profile.dropped).map(([name, value]) => count(value) + ' ' + words(name));
		truths.push(dropped.length > 0 ? 'Dropped: ' + list(dropped) : 'Nothing dropped');
		const skipped = skippedPhrase(profile);
		if (skipped) {
			truths.push('Not profiled: ' + skipped);
		}
		if (profile.inFlight > 0) {
			truths.push(plural(profile.inFlight, 'request') + ' under way, not counted yet');
		}
		return truths;
	}

	function counted(counts) {
		return Object.entries(counts ?? {}).filter(([, value]) => value > 0);
	}

	function skippedPhrase(profile) {
		return list(counted(profile.skipped).map(([reason, value]) => plural(value, 'request') + ' '
				+ (SKIPPED[reason] ?? '(' + words(reason) + ')')));
	}

	/**
	 * The words for a profile without samples.
	 * @returns {{title: string, sentences: string[], steps: string[]}}
	 */
	function emptiness(profile) {
		const profiler = profile.profiler ?? {};
		const skipped = skippedPhrase(profile);
		const answer = { title: 'No samples yet', sentences: [], steps: [] };
		if (profiler.state && !WORKING_STATES.includes(profiler.state)) {
			answer.title = 'The profiler is ' + visible(profiler.state);
			answer.sentences.push(...[profiler.message].filter(Boolean).map(visible));
			answer.sentences.push(seen(profile) + ' No samples can be taken.');
			answer.steps.push(visible(profiler.advice ?? 'See the log of the application for the reason.'));
		}
		else if (!(profile.requests > 0)) {
			answer.sentences.push(...[profiler.message].filter(Boolean).map(visible));
			answer.title = 'No requests yet';
			answer.sentences.push('No request was profiled, so no samples are to be expected'
					+ (every(profile) ? ': one is taken ' + every(profile) + ' of a request’s work.' : '.'));
			answer.steps.push('Call ' + callOf(profile) + ' and reload this page.');
		}
		else {
			answer.sentences.push(seen(profile));
			answer.sentences.push(...expectation(profile));
			answer.sentences.push(...[profiler.message].filter(Boolean).map(visible));
			answer.steps.push(...[profiler.advice].filter(Boolean).map(visible));
			answer.steps.push(...moreRequests(profile));
			if (eventOf(profile).waits) {
				answer.steps.push('If the endpoint is slow and this page stays empty, it waits rather than computes: '
						+ 'look at its database, locks and remote calls.');
			}
		}
		if (skipped) {
			answer.sentences.push('Not profiled: ' + skipped + '.');
		}
		return answer;
	}

	function seen(profile) {
		if (!(profile.requests > 0)) {
			return 'No request was seen.';
		}
		const took = profile.latency ? ', taking ' + quantity(profile.latency.mean, 'ns') + ' on average' : '';
		return plural(profile.requests, 'request') + (profile.requests === 1 ? ' was' : ' were') + ' seen' + took + '.';
	}

	function expectedSamples(profile) {
		return (profile.latency && profile.unit === 'ns' && profile.interval > 0)
				? profile.requests * profile.latency.mean / profile.interval : null;
	}

	function expectation(profile) {
		const expected = expectedSamples(profile);
		if (expected === null) {
			return every(profile) ? ['One sample is taken ' + every(profile) + '.'] : [];
		}
		const most = (expected < 1) ? 'less than one sample is' : 'at most ' + plural(expected, 'sample')
				+ (Math.round(expected) === 1 ? ' is' : ' are');
		return ['With one sample ' + every(profile) + ', ' + most + ' to be expected'
				+ (eventOf(profile).waits ? ', and fewer if the requests waited: only time on a CPU is sampled.' : '.')];
	}

	function moreRequests(profile) {
		const expected = expectedSamples(profile);
		if (expected === null || expected >= ENOUGH_SAMPLES) {
			return ['Call ' + callOf(profile) + ' again and reload this page.'];
		}
		const requests = Math.ceil((ENOUGH_SAMPLES - expected) * profile.requests / Math.max(expected, 1e-9));
		return ['Call ' + callOf(profile) + ' about ' + count(requests) + ' more times: that makes some '
				+ ENOUGH_SAMPLES + ' samples if the requests compute all the time.'];
	}

	viewer.words = { headline, subject, notices, truths, emptiness, eventOf };

})(globalThis.ProfiledViewer ??= {});
