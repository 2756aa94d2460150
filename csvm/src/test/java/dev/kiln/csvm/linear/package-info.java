/** Tests of linear machines from inside. */
@NullMarked
package dev.kiln.csvm.linear;

import org.jspecify.annotations.NullMarked;
