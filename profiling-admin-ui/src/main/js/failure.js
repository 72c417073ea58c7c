/*
 * What went wrong when something was asked of an instance, and how that is put into words.
 */
(function (viewer) {
	'use strict';

	const { format } = viewer;
	const { say, knows } = viewer.language;

	/** An answer that is not the one that was asked for, or none. */
	class Failure extends Error {

		/**
		 * @param {number|null} status the HTTP status; null if nobody answered
		 * @param {unknown} body what came with it
		 */
		constructor(status, body) {
			super('status ' + status);
			this.status = status;
			this.body = body;
		}

	}

	/**
	 * @param {Failure} failure
	 * @returns {string[]} sentences: what happened, and what to do about it
	 */
	function words(failure) {
		if (!(failure instanceof Failure)) {
			return [format.visible(failure.message)];
		}
		const { status, body } = failure;
		if (status === null) {
			return [say('error.network')];
		}
		const told = (body !== null && typeof body === 'object') ? body : {};
		if (status === 200) {
			return [say('error.content')];
		}
		if (status === 404 && Array.isArray(told.names)) {
			return [sentence(told.error), say('known', { names: format.visible(told.names.join(', ')) || '–' })];
		}
		if (status === 400 || (status === 503 && told.error)) {
			return [say('error.' + status, { error: told.error ?? String(status) }), told.message, told.advice].filter(Boolean)
				.map(format.visible);
		}
		const key = 'error.' + (status === 503 ? 502 : status);
		return [knows(key) ? say(key) : say('error.other', { status: String(status) })];
	}

	function sentence(text) {
		return format.visible(text) + (/[.!?]$/.test(text) ? '' : '.');
	}

	viewer.Failure = Failure;

	viewer.failure = { words };

})(globalThis.ProfiledViewer ??= {});
