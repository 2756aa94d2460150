/**
 * What a cluster implements to run workflows, and what it learns of a call. Programs do not need this package.
 */
@NullMarked
package dev.kiln.tasks.spi;

import org.jspecify.annotations.NullMarked;
