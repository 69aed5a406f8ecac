/** The agent's REST interface. */
@NullMarked
package dev.flotilla.agent.web;

import org.jspecify.annotations.NullMarked;
