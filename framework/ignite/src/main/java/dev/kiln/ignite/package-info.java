/**
 * Carries workflows over Apache Ignite: nodes in this JVM and in others on this machine, messages between driver and
 * nodes, and the cache of stored blocks. The only package that knows Ignite.
 */
@NullMarked
package dev.kiln.ignite;

import org.jspecify.annotations.NullMarked;
