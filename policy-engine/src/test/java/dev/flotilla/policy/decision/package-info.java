@NullMarked
package dev.flotilla.policy.decision;

import org.jspecify.annotations.NullMarked;
