/**
 * What a workflow keeps of the tasks that it has done, so that the program, when it was killed and runs again, need not do
 * them again.
 */
@NullMarked
package dev.kiln.runtime.checkpoint;

import org.jspecify.annotations.NullMarked;
