/** Removes versions that nothing targets, and cleans up what crashes left behind. */
@NullMarked
package dev.flotilla.upload.deletion;

import org.jspecify.annotations.NullMarked;
