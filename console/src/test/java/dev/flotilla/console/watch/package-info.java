@NullMarked
package dev.flotilla.console.watch;

import org.jspecify.annotations.NullMarked;
