@NullMarked
package dev.flotilla.console.session;

import org.jspecify.annotations.NullMarked;
