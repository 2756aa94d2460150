@NullMarked
package dev.kiln.slurm;

import org.jspecify.annotations.NullMarked;
