/** The network on LibTorch, through the bindings of org.bytedeco. */
@NullMarked
package dev.kiln.lstm.torch;

import org.jspecify.annotations.NullMarked;
