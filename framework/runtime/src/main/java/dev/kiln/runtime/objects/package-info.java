/**
 * Active objects: where they live, in what order their methods run, and how their copies keep in step. What decides is
 * pure ({@link dev.kiln.runtime.objects.Seat}, {@link dev.kiln.runtime.objects.Directory}); threads, code and messages
 * are put round it by {@link dev.kiln.runtime.objects.ObjectHost} and {@link dev.kiln.runtime.objects.ObjectService}.
 */
@NullMarked
package dev.kiln.runtime.objects;

import org.jspecify.annotations.NullMarked;
