@NullMarked
package dev.flotilla.policy.maintenance;

import org.jspecify.annotations.NullMarked;
