/** Decisions: made by the rule book of the moment, kept with all that they were made from, and made again from that. */
@NullMarked
package dev.flotilla.policy.kept;

import org.jspecify.annotations.NullMarked;
