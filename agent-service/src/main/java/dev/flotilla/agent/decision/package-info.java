/** What to do next with one service on one machine: pure functions over what is seen and what is wanted, without clock or I/O. */
@NullMarked
package dev.flotilla.agent.decision;

import org.jspecify.annotations.NullMarked;
