/** Opt-outs: put, listed, ended, and found for the machines and the service that a question is about. */
@NullMarked
package dev.flotilla.policy.optout;

import org.jspecify.annotations.NullMarked;
