/** A running cluster, as programs outside of it reach it: frames over TLS, with a token; no Java serialisation. */
@NullMarked
package dev.kiln.runtime.remote;

import org.jspecify.annotations.NullMarked;
