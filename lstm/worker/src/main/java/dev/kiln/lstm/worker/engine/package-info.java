/**
 * Networks that can be trained: one small interface, an engine in Java behind it, and the way in for others.
 */
@NullMarked
package dev.kiln.lstm.worker.engine;

import org.jspecify.annotations.NullMarked;
