@NullMarked
package dev.flotilla.device;

import org.jspecify.annotations.NullMarked;
