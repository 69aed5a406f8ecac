/** Gives payloads back, whole or by ranges, to any number of agents at once. */
@NullMarked
package dev.flotilla.upload.serving;

import org.jspecify.annotations.NullMarked;
