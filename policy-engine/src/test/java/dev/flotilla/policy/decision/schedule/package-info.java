@NullMarked
package dev.flotilla.policy.decision.schedule;

import org.jspecify.annotations.NullMarked;
