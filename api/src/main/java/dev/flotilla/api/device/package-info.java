/** The contract of device-manager: machines and their place in the topology. */
@NullMarked
package dev.flotilla.api.device;

import org.jspecify.annotations.NullMarked;
