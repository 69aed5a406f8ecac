@NullMarked
package dev.flotilla.policy.decision.condition;

import org.jspecify.annotations.NullMarked;
