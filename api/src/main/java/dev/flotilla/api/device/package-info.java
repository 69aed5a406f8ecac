/** The contract of device-manager: machines and their place in the topology, their health, and the repairs of them. */
@NullMarked
package dev.flotilla.api.device;

import org.jspecify.annotations.NullMarked;
