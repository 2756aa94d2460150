/** Tests of the commands, on a cluster in this JVM. */
@NullMarked
package dev.kiln.csvm.cli;

import org.jspecify.annotations.NullMarked;
