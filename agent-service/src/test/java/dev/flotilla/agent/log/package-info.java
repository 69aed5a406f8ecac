@NullMarked
package dev.flotilla.agent.log;

import org.jspecify.annotations.NullMarked;
