/** Ends connections that can't go on: a refused body that has no end, an answer that turns out wrong while it is sent. */
@NullMarked
package dev.flotilla.upload.connection;

import org.jspecify.annotations.NullMarked;
