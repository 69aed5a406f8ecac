/** Conditions in CEL: checked when stored, bounded in what they cost, and evaluated without side effects. */
@NullMarked
package dev.flotilla.policy.decision.condition;

import org.jspecify.annotations.NullMarked;
