@NullMarked
package dev.flotilla.device.local;

import org.jspecify.annotations.NullMarked;
