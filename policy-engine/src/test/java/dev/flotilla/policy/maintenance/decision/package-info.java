@NullMarked
package dev.flotilla.policy.maintenance.decision;

import org.jspecify.annotations.NullMarked;
