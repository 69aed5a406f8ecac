@NullMarked
package dev.flotilla.device.health;

import org.jspecify.annotations.NullMarked;
