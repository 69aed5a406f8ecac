/** The tenant's side of maintenance requests: an agent that answers by rule, and answers given by hand. It talks to the policy engine only. */
@NullMarked
package dev.flotilla.cli.policyagent;

import org.jspecify.annotations.NullMarked;
