'use strict';
(() => {
	const svg = document.documentElement;
	const frames = [...document.getElementById('frames').children].map((group) => {
		const rect = group.querySelector('rect');
		const number = (name) => Number(rect.getAttribute(name));
		const title = group.querySelector('title').textContent;
		return {
			group, rect, title, text: group.querySelector('text'), name: title.replace(/ \([^(]*\)$/, ''),
			x: number('x'), y: number('y'), width: number('width')
		};
	});
	const [root] = frames;
	const byId = (id) => document.getElementById(id);
	const show = (id, shown) => byId(id).classList.toggle('hidden', !shown);
	let zoomed = root;
	let found = null;

	function label(frame, width) {
		const characters = Math.floor(width / (12 * 0.59));
		frame.text.textContent = (characters < 3) ? ''
			: (frame.name.length <= characters) ? frame.name : frame.name.slice(0, characters - 2) + '..';
	}

	function zoom(to) {
		zoomed = to;
		const scale = root.width / to.width;
		const up = (to === root) ? 0 : Math.sign((frames[1] ?? root).y - root.y);
		for (const frame of frames) {
			const below = (to.y - frame.y) * up > 0;
			const around = below && frame.x <= to.x + 0.05 && frame.x + frame.width >= to.x + to.width - 0.1;
			const inside = !below && frame.x >= to.x - 0.05 && frame.x + frame.width <= to.x + to.width + 0.1;
			const x = around ? root.x : root.x + (frame.x - to.x) * scale;
			const width = around ? root.width : frame.width * scale;
			frame.group.classList.toggle('hidden', !around && !inside);
			frame.group.classList.toggle('parent', around);
			frame.rect.setAttribute('x', x.toFixed(1));
			frame.rect.setAttribute('width', width.toFixed(1));
			frame.text.setAttribute('x', (x + 3).toFixed(1));
			label(frame, width);
		}
		show('reset', to !== root);
		matched();
	}

	function search(term) {
		try {
			found = term ? new RegExp(term) : null;
		}
		catch {
			found = new RegExp(term.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
		}
		frames.forEach((frame) => frame.group.classList.toggle('found', Boolean(found?.test(frame.name))));
		byId('search').textContent = found ? 'Clear search' : 'Search';
		matched();
	}

	/* Each part of the width counts once, however many of the frames above it match. */
	function matched() {
		let to = -1;
		let width = 0;
		const hits = frames.filter(({ group }) => group.classList.contains('found') && !group.classList.contains('hidden'));
		const shown = hits.map(({ rect }) => [Number(rect.getAttribute('x')), Number(rect.getAttribute('width'))]);
		for (const [x, length] of shown.sort(([a], [b]) => a - b)) {
			width += Math.max(0, x + length - Math.max(x, to));
			to = Math.max(to, x + length);
		}
		byId('matched').textContent = found ? 'Matched: ' + (100 * width / root.width).toFixed(1) + '%' : ' ';
	}

	svg.addEventListener('click', ({ target }) => {
		const frame = frames.find(({ group }) => group.contains(target));
		if (frame) {
			zoom(frame);
		}
		else if (target.id === 'reset') {
			zoom(root);
		}
		else if (target.id === 'search') {
			search(found ? '' : prompt('Search for a regular expression', ''));
		}
	});
	svg.addEventListener('mouseover', ({ target }) => {
		byId('details').textContent = frames.find(({ group }) => group.contains(target))?.title ?? ' ';
	});
	addEventListener('keydown', (event) => {
		if (event.key === 'Escape') {
			zoom(root);
		}
		else if (event.key === '/' || (event.ctrlKey && event.key === 'f')) {
			event.preventDefault();
			search(prompt('Search for a regular expression', found?.source ?? ''));
		}
	});
	zoom(zoomed);
})();
