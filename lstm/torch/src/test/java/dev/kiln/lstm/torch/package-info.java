@NullMarked
package dev.kiln.lstm.torch;

import org.jspecify.annotations.NullMarked;
