@NullMarked
package dev.kiln.csvm.internal.multi;

import org.jspecify.annotations.NullMarked;
