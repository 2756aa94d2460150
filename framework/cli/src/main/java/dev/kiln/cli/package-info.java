/**
 * The {@code kiln} command: finds the subcommands of all modules, gives them a cluster and a console, and turns every
 * outcome into one line and an exit code. The only package that ends the JVM.
 */
@NullMarked
package dev.kiln.cli;

import org.jspecify.annotations.NullMarked;
