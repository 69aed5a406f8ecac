@NullMarked
package dev.flotilla.agent.decision;

import org.jspecify.annotations.NullMarked;
