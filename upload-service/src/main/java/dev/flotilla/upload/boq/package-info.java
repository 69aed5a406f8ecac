/** The bill of quality: keys that are trusted, evidence that they signed, and what it is worth at the moment that somebody asks. */
@NullMarked
package dev.flotilla.upload.boq;

import org.jspecify.annotations.NullMarked;
