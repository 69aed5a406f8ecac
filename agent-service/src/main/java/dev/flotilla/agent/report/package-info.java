/** What the agent says to version-registry-service: every change at once, everything as a heartbeat. */
@NullMarked
package dev.flotilla.agent.report;

import org.jspecify.annotations.NullMarked;
