/** How fast device-manager is; started by docs/bench/topology. */
@org.jspecify.annotations.NullMarked
package dev.flotilla.device.bench;
