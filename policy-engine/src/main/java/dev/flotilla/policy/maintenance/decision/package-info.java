/** The protocol of maintenance requests as a pure function: a tenant's state, an event and the time make the next state, and the answer. */
@NullMarked
package dev.flotilla.policy.maintenance.decision;

import org.jspecify.annotations.NullMarked;
