@NullMarked
package dev.flotilla.platform.problem;

import org.jspecify.annotations.NullMarked;
