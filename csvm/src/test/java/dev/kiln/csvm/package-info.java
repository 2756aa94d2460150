/** Tests of training and of models. */
@NullMarked
package dev.kiln.csvm;

import org.jspecify.annotations.NullMarked;
