/**
 * The process in the background that owns the local cluster: it starts the database, the services and the agent, starts again what
 * dies or hangs, renews tokens, and writes down what runs, so that others can see it and nothing is ever started twice.
 */
@NullMarked
package dev.flotilla.cli.supervisor;

import org.jspecify.annotations.NullMarked;
