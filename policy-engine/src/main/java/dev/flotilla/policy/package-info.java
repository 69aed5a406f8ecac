/** policy-engine: decides whether a machine may be changed now. */
@NullMarked
package dev.flotilla.policy;

import org.jspecify.annotations.NullMarked;
