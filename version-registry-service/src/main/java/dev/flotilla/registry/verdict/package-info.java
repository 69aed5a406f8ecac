/**
 * Judges a version: pure functions from what was observed before and after its changes, on machines that have it and on machines that have not, to a
 * verdict with its evidence. No I/O, no clock, no randomness.
 */
@NullMarked
package dev.flotilla.registry.verdict;

import org.jspecify.annotations.NullMarked;
