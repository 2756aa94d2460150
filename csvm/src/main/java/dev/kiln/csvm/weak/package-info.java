/** The workload by which the weak scaling of the Cascade SVM is measured. */
@NullMarked
package dev.kiln.csvm.weak;

import org.jspecify.annotations.NullMarked;
