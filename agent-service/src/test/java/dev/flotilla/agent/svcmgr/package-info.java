@NullMarked
package dev.flotilla.agent.supervision;

import org.jspecify.annotations.NullMarked;
