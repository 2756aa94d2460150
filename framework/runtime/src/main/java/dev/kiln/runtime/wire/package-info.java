/** The messages between a workflow's driver and the nodes. */
@NullMarked
package dev.kiln.runtime.wire;

import org.jspecify.annotations.NullMarked;
