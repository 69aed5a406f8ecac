@NullMarked
package dev.flotilla.platform;

import org.jspecify.annotations.NullMarked;
