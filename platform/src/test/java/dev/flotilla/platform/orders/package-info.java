@NullMarked
package dev.flotilla.platform.orders;

import org.jspecify.annotations.NullMarked;
