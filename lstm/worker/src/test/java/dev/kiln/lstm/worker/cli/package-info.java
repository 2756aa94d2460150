@NullMarked
package dev.kiln.lstm.worker.cli;

import org.jspecify.annotations.NullMarked;
