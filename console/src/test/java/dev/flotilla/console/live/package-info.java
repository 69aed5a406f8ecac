@NullMarked
package dev.flotilla.console.live;

import org.jspecify.annotations.NullMarked;
