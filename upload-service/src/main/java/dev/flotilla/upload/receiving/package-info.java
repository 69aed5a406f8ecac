/** Takes uploads: from the first byte of the body to a version that is there for good, or to the reason why not. */
@NullMarked
package dev.flotilla.upload.receiving;

import org.jspecify.annotations.NullMarked;
