/** What tests of programs need: a workflow that runs in the caller, and a check of the snippets in the docs. */
@NullMarked
package dev.kiln.tasks.testing;

import org.jspecify.annotations.NullMarked;
