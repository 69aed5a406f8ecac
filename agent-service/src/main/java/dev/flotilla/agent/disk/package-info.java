/** Where the agent keeps what on disk, and how it writes so that a crash leaves the old state or the new. */
@NullMarked
package dev.flotilla.agent.disk;

import org.jspecify.annotations.NullMarked;
