/** The host's store of payloads, shared by all machines that the agent carries, and how bytes get into it. */
@NullMarked
package dev.flotilla.agent.payload;

import org.jspecify.annotations.NullMarked;
