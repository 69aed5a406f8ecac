/**
 * A PostgreSQL server of our own: real server binaries from the dependency repository, a data folder that is kept, listening on
 * loopback only.
 */
@NullMarked
package dev.flotilla.standalone.postgres;

import org.jspecify.annotations.NullMarked;
