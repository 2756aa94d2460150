@NullMarked
package dev.kiln.slurm.cli;

import org.jspecify.annotations.NullMarked;
