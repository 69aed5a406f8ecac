@NullMarked
package dev.flotilla.agent.payload;

import org.jspecify.annotations.NullMarked;
