/** Processes and process groups of this host: started, signalled, watched, and found again after the agent itself was restarted. */
@NullMarked
package dev.flotilla.agent.process;

import org.jspecify.annotations.NullMarked;
