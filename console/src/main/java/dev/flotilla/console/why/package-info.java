/** Why machines and rollouts are where they are, as the page says it: rule, who has a say, since when, until when, and what would bring them on. */
@NullMarked
package dev.flotilla.console.why;

import org.jspecify.annotations.NullMarked;
