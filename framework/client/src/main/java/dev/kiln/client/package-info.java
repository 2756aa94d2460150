/** What a program outside of a cluster uses to call the cluster's active objects. */
@NullMarked
package dev.kiln.client;

import org.jspecify.annotations.NullMarked;
