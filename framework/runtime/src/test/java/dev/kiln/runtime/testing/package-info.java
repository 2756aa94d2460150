/** Tests of what every cluster promises, and a cluster that fails on purpose. */
package dev.kiln.runtime.testing;
