@NullMarked
package dev.flotilla.policy;

import org.jspecify.annotations.NullMarked;
