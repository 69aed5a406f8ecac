/** What goes on outside: the registry's change feed, the declarations of target-service, the topology of device-manager. */
@NullMarked
package dev.flotilla.orchestrator.world;

import org.jspecify.annotations.NullMarked;
