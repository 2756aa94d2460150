/** What is done to data before a model is fitted. */
@NullMarked
package dev.kiln.dislib.preprocessing;

import org.jspecify.annotations.NullMarked;
