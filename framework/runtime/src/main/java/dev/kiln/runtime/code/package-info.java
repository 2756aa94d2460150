/** Users' jars: what is checked of them, how they reach nodes, and the class loaders that keep them apart. */
@NullMarked
package dev.kiln.runtime.code;

import org.jspecify.annotations.NullMarked;
