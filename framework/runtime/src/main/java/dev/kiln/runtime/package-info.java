/** Drives the engine: the driver of a workflow, the worker of a node, and the cluster inside one JVM. */
@NullMarked
package dev.kiln.runtime;

import org.jspecify.annotations.NullMarked;
