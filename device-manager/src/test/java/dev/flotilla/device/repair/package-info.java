@NullMarked
package dev.flotilla.device.repair;

import org.jspecify.annotations.NullMarked;
