/**
 * Forecasting of time series by LSTM networks, seen from the client: an interface whose implementation trains where the
 * model lives, and the plain records that travel there and back. Needs {@code java.base} alone.
 */
@NullMarked
package dev.kiln.lstm;

import org.jspecify.annotations.NullMarked;
