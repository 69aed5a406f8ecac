/** Schedules: when windows are open, and until when, with time zones and changes of the clocks. */
@NullMarked
package dev.flotilla.policy.decision.schedule;

import org.jspecify.annotations.NullMarked;
