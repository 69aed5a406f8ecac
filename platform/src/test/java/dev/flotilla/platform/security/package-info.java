@NullMarked
package dev.flotilla.platform.security;

import org.jspecify.annotations.NullMarked;
