/** Work that goes on in the background for as long as the service runs. */
@NullMarked
package dev.flotilla.orchestrator.loop;

import org.jspecify.annotations.NullMarked;
