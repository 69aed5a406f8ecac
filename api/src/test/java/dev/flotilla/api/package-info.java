@NullMarked
package dev.flotilla.api;

import org.jspecify.annotations.NullMarked;
