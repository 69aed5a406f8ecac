/** device-manager: knows the machines and where they stand. */
@NullMarked
package dev.flotilla.device;

import org.jspecify.annotations.NullMarked;
