/** The contract of policy-engine for maintenance requests: how tenants are asked before their machines are changed, and how they answer. */
@NullMarked
package dev.flotilla.api.policy.maintenance;

import org.jspecify.annotations.NullMarked;
