/** A cluster in virtual time, to try the scheduler on: nodes, links, a cache and a program, all from one seed. */
@NullMarked
package dev.kiln.engine.sim;

import org.jspecify.annotations.NullMarked;
