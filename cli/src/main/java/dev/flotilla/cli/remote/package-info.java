/** The services as the command line calls them: addresses, tokens, clients, and the two calls that stream. */
@NullMarked
package dev.flotilla.cli.remote;

import org.jspecify.annotations.NullMarked;
