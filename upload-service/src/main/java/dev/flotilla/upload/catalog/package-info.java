/** Which versions there are, of which bytes, and which bytes are in use: the tables of this service. */
@NullMarked
package dev.flotilla.upload.catalog;

import org.jspecify.annotations.NullMarked;
