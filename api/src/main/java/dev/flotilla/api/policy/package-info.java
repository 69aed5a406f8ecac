/** The contract of policy-engine: may this machine be changed now, and the policies, opt-outs and overrides that say so. */
@NullMarked
package dev.flotilla.api.policy;

import org.jspecify.annotations.NullMarked;
