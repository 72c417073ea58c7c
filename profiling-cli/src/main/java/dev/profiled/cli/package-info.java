/**
 * The command line: profiles of files and addresses in, documents out.
 */
@NullMarked
package dev.profiled.cli;

import org.jspecify.annotations.NullMarked;
