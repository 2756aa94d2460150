@NullMarked
package dev.kiln.csvm.internal.cascade;

import org.jspecify.annotations.NullMarked;
