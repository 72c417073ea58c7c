package dev.profiled.admin.client;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import dev.profiled.Profiled;

/**
 * Handlers whose profiles are known.
 */
@RestController
class WorkController {

	@Profiled("burn")
	@GetMapping("/work/burn/{millis}")
	long burn(@PathVariable long millis) {
		return Burner.burn(millis);
	}

	@Profiled("churn")
	@GetMapping("/work/churn/{millis}")
	long churn(@PathVariable long millis) {
		return Burner.churn(millis);
	}

	@Profiled("never-called")
	@GetMapping("/work/never-called")
	String neverCalled() {
		return "done";
	}

}
