/** What deployments will do, how far they are, and why: the API, the stream of events, and the gauges. */
@NullMarked
package dev.flotilla.orchestrator.progress;

import org.jspecify.annotations.NullMarked;
