@NullMarked
package dev.flotilla.platform.testing;

import org.jspecify.annotations.NullMarked;
