/** What a service does again and again by itself. */
@NullMarked
package dev.flotilla.platform.loop;

import org.jspecify.annotations.NullMarked;
