package dev.profiled.it;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import dev.profiled.Profiled;

/**
 * An application with one profiled handler, which computes for some milliseconds.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(WorkApplication.WorkController.class)
class WorkApplication {

	@RestController
	static class WorkController {

		@GetMapping("/work")
		@Profiled("work")
		String work() {
			long end = System.nanoTime() + 50_000_000;
			long value = 0;
			while (System.nanoTime() < end) {
				value = value * 31 + end;
			}
			return "done " + value;
		}

	}

}
