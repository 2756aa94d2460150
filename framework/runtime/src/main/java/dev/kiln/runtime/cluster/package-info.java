/** What carries messages and blocks between a driver and nodes: in one JVM, or over Ignite. */
@NullMarked
package dev.kiln.runtime.cluster;

import org.jspecify.annotations.NullMarked;
