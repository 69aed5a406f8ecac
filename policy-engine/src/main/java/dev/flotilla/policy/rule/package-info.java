/** Policies, opt-outs and overrides as they are stored: the present ones, every change of them, and the rule book that decisions are made by. */
@NullMarked
package dev.flotilla.policy.rule;

import org.jspecify.annotations.NullMarked;
