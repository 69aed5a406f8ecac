/**
 * All services in one process: each with its own context and port, its own configuration and log file, and with the same REST
 * calls between them as when they run apart.
 */
@NullMarked
package dev.flotilla.standalone;

import org.jspecify.annotations.NullMarked;
