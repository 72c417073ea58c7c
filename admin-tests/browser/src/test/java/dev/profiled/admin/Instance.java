package dev.profiled.admin;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * An application as a server knows it.
 *
 * @param landscape what both are part of
 * @param server the server
 * @param application the application
 * @param id what the server calls it
 */
record Instance(Landscape landscape, Server server, Program application, String id) {

	/**
	 * Return a page of the instance.
	 * @param page the last part of its path, with a query
	 * @return the address
	 */
	String page(String page) {
		return this.landscape.address(this.server) + "/instances/" + this.id + "/" + page;
	}

	/**
	 * Ask through the server, as its pages do.
	 * @param page the last part of the path, with a query
	 * @return the answer
	 */
	String get(String page) {
		return this.landscape.get(page(page));
	}

	/**
	 * Let the application work.
	 * @param endpoint the endpoint
	 * @param requests how many requests of 20 ms of CPU
	 */
	void work(String endpoint, int requests) {
		for (int i = 0; i < requests; i++) {
			this.landscape.get(this.application.address() + "/work/" + endpoint + "/20");
		}
	}

	/**
	 * Let the application give another answer, until {@link #behave()}.
	 * @param method the HTTP method that is answered so
	 * @param path the end of the path that is answered so
	 * @param status the HTTP status
	 * @param body the JSON
	 */
	void answer(String method, String path, int status, String body) {
		disturb("answer?method=" + method + "&path=" + path + "&status=" + status + "&body="
				+ URLEncoder.encode(body, StandardCharsets.UTF_8));
	}

	/**
	 * Let the application hold an answer back, until {@link #release()}.
	 * @param path the end of the path that is not answered
	 */
	void hold(String path) {
		disturb("hold?path=" + path);
	}

	/**
	 * Let the application give the answers that it held back, and wait until it has.
	 */
	void release() {
		disturb("release");
	}

	/**
	 * Let the application answer as it should.
	 */
	void behave() {
		disturb("behave");
	}

	private void disturb(String how) {
		this.landscape.get(this.application.address() + "/disturbance/" + how);
	}

}
