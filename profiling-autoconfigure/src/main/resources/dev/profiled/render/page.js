/* Starts the viewer on the page that holds its profile. */
(function () {
	'use strict';

	function profile() {
		try {
			return JSON.parse(document.getElementById('profile').textContent);
		}
		catch {
			return null;
		}
	}

	globalThis.flameGraph = globalThis.ProfiledViewer.mount(document.getElementById('viewer'), profile(), {
		css: document.getElementById('viewer-css').textContent,
		theme: document.documentElement.dataset.theme,
		keys: document
	});

})();
