/** version-registry-service: what runs where, and what changed. */
@NullMarked
package dev.flotilla.registry;

import org.jspecify.annotations.NullMarked;
