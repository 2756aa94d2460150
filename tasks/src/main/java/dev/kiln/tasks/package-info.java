/**
 * What a Kiln program imports: {@link dev.kiln.tasks.Workflow}, {@link dev.kiln.tasks.Task @Task},
 * {@link dev.kiln.tasks.Ref} and {@link dev.kiln.tasks.Arg}.
 */
@NullMarked
package dev.kiln.tasks;

import org.jspecify.annotations.NullMarked;
