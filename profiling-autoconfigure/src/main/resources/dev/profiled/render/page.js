/* Starts the viewer on the page that holds its profiles, the one that was asked for first. */
(function () {
	'use strict';

	function profiles() {
		try {
			return JSON.parse(document.getElementById('profiles').textContent);
		}
		catch {
			return null;
		}
	}

	globalThis.flameGraph = globalThis.ProfiledViewer.mount(document.getElementById('viewer'), profiles(), {
		css: document.getElementById('viewer-css').textContent,
		theme: document.documentElement.dataset.theme,
		keys: document
	});

})();
