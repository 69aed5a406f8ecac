@NullMarked
package dev.flotilla.target;

import org.jspecify.annotations.NullMarked;
