/** The contract of policy-engine: may this machine be changed now, and opt-outs. */
@NullMarked
package dev.flotilla.api.policy;

import org.jspecify.annotations.NullMarked;
