/** What a report, or the silence of a machine, changes: pure functions over the fleet. */
@NullMarked
package dev.flotilla.registry.decision;

import org.jspecify.annotations.NullMarked;
