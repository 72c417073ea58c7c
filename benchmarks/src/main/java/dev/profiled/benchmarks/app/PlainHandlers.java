package dev.profiled.benchmarks.app;

import org.springframework.stereotype.Controller;

/**
 * The handlers, not profiled.
 */
@Controller
class PlainHandlers extends SalesHandlers {

}
