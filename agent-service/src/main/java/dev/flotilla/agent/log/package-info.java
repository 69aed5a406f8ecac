/** The output of services: files that survive the agent, rotated, and read from their end. */
@NullMarked
package dev.flotilla.agent.log;

import org.jspecify.annotations.NullMarked;
