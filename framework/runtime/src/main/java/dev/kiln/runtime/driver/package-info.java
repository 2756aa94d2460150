/**
 * The driver of a workflow: it owns the graph of tasks, sends them to nodes, and brings results to the program.
 */
@NullMarked
package dev.kiln.runtime.driver;

import org.jspecify.annotations.NullMarked;
