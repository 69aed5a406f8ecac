@NullMarked
package dev.flotilla.console.fleet;

import org.jspecify.annotations.NullMarked;
