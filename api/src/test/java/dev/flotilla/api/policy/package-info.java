@NullMarked
package dev.flotilla.api.policy;

import org.jspecify.annotations.NullMarked;
