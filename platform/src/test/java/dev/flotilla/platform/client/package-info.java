@NullMarked
package dev.flotilla.platform.client;

import org.jspecify.annotations.NullMarked;
