/** Decisions as pure functions: what each kind of policy says of a machine, and how the verdicts become one decision. */
@NullMarked
package dev.flotilla.policy.decision;

import org.jspecify.annotations.NullMarked;
