/**
 * The scheduler as a pure state machine: events in, commands out. No threads, no clock, no I/O, no randomness; what
 * happens is decided by the order of the events alone, so every run can be repeated and simulated.
 */
@NullMarked
package dev.kiln.engine;

import org.jspecify.annotations.NullMarked;
