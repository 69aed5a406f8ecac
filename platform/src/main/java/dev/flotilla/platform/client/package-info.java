/** REST clients of the other services: tokens, time-outs, retries, circuit breakers. */
@NullMarked
package dev.flotilla.platform.client;

import org.jspecify.annotations.NullMarked;
