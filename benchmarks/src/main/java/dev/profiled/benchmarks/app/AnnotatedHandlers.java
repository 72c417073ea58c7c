package dev.profiled.benchmarks.app;

import org.springframework.stereotype.Controller;

import dev.profiled.Profiled;

/**
 * The handlers, all profiled.
 */
@Controller
@Profiled
class AnnotatedHandlers extends SalesHandlers {

}
