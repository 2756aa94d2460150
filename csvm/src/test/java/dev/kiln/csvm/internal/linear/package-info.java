/** Tests of linear machines from inside. */
@NullMarked
package dev.kiln.csvm.internal.linear;

import org.jspecify.annotations.NullMarked;
