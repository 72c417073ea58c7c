package dev.profiled.benchmarks.app;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

import dev.profiled.Profiled;

/**
 * Arms the session of an application whose other handlers are not profiled.
 */
@Controller
class NeverCalled {

	@GetMapping("/never-called")
	@Profiled
	void neverCalled() {
	}

}
