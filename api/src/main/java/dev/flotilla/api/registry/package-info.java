/** The contract of version-registry-service: what machines report, what runs where, and what changed. */
@NullMarked
package dev.flotilla.api.registry;

import org.jspecify.annotations.NullMarked;
