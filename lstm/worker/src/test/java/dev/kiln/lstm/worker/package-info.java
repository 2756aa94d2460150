@NullMarked
package dev.kiln.lstm.worker;

import org.jspecify.annotations.NullMarked;
