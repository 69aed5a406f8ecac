@NullMarked
package dev.flotilla.policy.rule;

import org.jspecify.annotations.NullMarked;
