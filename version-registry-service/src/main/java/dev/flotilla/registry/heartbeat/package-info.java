/** Last-seen times: kept in memory, written now and then, and the judgement of who is lost. */
@NullMarked
package dev.flotilla.registry.heartbeat;

import org.jspecify.annotations.NullMarked;
