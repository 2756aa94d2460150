/** A program outside of a cluster, with the class path of a client, that has an LSTM trained in it. */
@NullMarked
package dev.kiln.lstm.client;

import org.jspecify.annotations.NullMarked;
