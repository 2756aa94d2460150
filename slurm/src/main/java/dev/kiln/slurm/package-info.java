/**
 * Jobs on a Slurm cluster, or on this machine in the same way: what to ask of Slurm, the script of a job, its folder, and
 * what became of it. Starts no cluster itself: the job's script runs the kiln of the distribution on each node.
 */
@NullMarked
package dev.kiln.slurm;

import org.jspecify.annotations.NullMarked;
