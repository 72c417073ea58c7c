package dev.profiled.benchmarks.app;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/**
 * The handlers without an annotation, in an application that has them with one, too.
 */
@Controller
@RequestMapping(UnprofiledHandlers.PREFIX)
public class UnprofiledHandlers extends SalesHandlers {

	/**
	 * Begins their paths.
	 */
	public static final String PREFIX = "/unprofiled";

}
