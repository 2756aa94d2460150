/**
 * Trains LSTMs on time series: in one thread, or by tasks on the nodes that hold the series' parts.
 */
@NullMarked
package dev.kiln.lstm.worker;

import org.jspecify.annotations.NullMarked;
