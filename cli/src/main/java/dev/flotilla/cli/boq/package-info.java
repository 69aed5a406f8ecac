/** Commands about evidence: storing it, what it is worth, and the keys that it is signed with. */
@NullMarked
package dev.flotilla.cli.boq;

import org.jspecify.annotations.NullMarked;
