@NullMarked
package dev.kiln.lstm.worker.engine;

import org.jspecify.annotations.NullMarked;
