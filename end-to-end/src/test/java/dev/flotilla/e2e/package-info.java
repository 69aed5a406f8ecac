/** The whole path on real processes: a cluster is started through {@code ./flotilla} as a person would, used, hurt, and looked at. */
@NullMarked
package dev.flotilla.e2e;

import org.jspecify.annotations.NullMarked;
