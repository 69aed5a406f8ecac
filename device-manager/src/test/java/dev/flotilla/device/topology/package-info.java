@NullMarked
package dev.flotilla.device.topology;

import org.jspecify.annotations.NullMarked;
