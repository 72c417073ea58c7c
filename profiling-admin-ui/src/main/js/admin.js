/*
 * The explorer as a view of Spring Boot Admin: data come through the instance's own client, which the server relays to
 * the instance, and the address is the route's query.
 */
(function (viewer) {
	'use strict';

	const { Vue, SBA } = globalThis;

	const ENDPOINT = 'flamegraph';

	/** Asks the instance; no toast, since what went wrong is said in its place. */
	async function ask(instance, path, options) {
		try {
			return await instance.axios.request({ url: path, suppressToast: true, ...options });
		}
		catch (error) {
			throw new viewer.Failure(error.response?.status ?? null, error.response?.data);
		}
	}

	async function read(instance, path, options) {
		const { status, data } = await ask(instance, path, { method: 'get', ...options });
		if (data === null || typeof data !== 'object') {
			throw new viewer.Failure(status, data);
		}
		return data;
	}

	/** With the slash, by which Admin tells an instance's answer 401 from one of its own, which leads to its login. */
	function pathOf(name) {
		return '/actuator/' + ENDPOINT + (name ? '/' + encodeURIComponent(name) : '');
	}

	function addressOf(instance, name, parameters) {
		const query = new URLSearchParams(parameters).toString();
		return new URL('instances/' + encodeURIComponent(instance.id) + pathOf(name) + (query && '?' + query),
				document.baseURI).href;
	}

	/** @param {() => object} current the instance as Admin knows it now */
	function sourceOf(current) {
		return {
			index: (signal) => read(current(), pathOf(), { signal }),
			flameGraph: (name, event, signal) => read(current(), pathOf(name), { signal, params: { format: 'json', event } }),
			reset: (name) => ask(current(), pathOf(name), { method: 'delete' }),
			address: (name, parameters) => addressOf(current(), name, parameters)
		};
	}

	function viewOf(language) {
		return {
			props: { instance: { type: Object, required: true } },
			watch: {
				'instance.id'() {
					this.start();
				},
				'$route.query'(query) {
					// What we write ourselves comes back a moment later, when the reader may already be further.
					if (this.writing === 0) {
						this.explorer.go(query);
					}
				}
			},
			created() {
				this.writing = 0;
			},
			mounted() {
				this.start();
				this.unwatch = Vue.watch(language, (tag) => this.explorer.setLanguage(tag));
			},
			beforeUnmount() {
				this.unwatch();
				this.explorer.destroy();
			},
			methods: {
				start() {
					this.explorer?.destroy();
					this.explorer = viewer.explore(this.$refs.host, {
						source: sourceOf(() => this.instance),
						place: this.$route.query,
						language: language(),
						navigate: (place, further) => this.write(place, further)
					});
				},
				async write(place, further) {
					this.writing++;
					try {
						await (further ? this.$router.push({ query: place }) : this.$router.replace({ query: place }));
						await Vue.nextTick();
					}
					finally {
						this.writing--;
					}
				}
			},
			render() {
				return Vue.h('div', { ref: 'host', class: 'profiled-flame-graphs', style: { height: '100%' } });
			}
		};
	}

	SBA.use({
		install({ viewRegistry, i18n }) {
			for (const tag of i18n.availableLocales) {
				viewer.language.use(tag);
				i18n.mergeLocaleMessage(tag, { profiled: { flamegraphs: { label: viewer.language.say('label') } } });
			}
			viewRegistry.addView({
				name: 'instances/flamegraphs',
				parent: 'instances',
				path: 'flamegraphs',
				component: viewOf(() => Vue.unref(i18n.locale)),
				label: 'profiled.flamegraphs.label',
				group: 'jvm',
				order: 750,
				isEnabled: ({ instance }) => instance.hasEndpoint(ENDPOINT)
			});
		}
	});

})(globalThis.ProfiledViewer ??= {});
