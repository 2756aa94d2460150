/**
 * What a module needs to add a subcommand to {@code kiln}: options that all share, the way to a cluster, and output
 * that is right for people and for machines.
 */
@NullMarked
package dev.kiln.command;

import org.jspecify.annotations.NullMarked;
