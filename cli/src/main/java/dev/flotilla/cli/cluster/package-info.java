/**
 * The local cluster: a supervisor in the background that owns the database, the services and the agent, and the commands that start,
 * stop and look at it.
 */
@NullMarked
package dev.flotilla.cli.cluster;

import org.jspecify.annotations.NullMarked;
