/** Maintenance requests: tenants, their documents and answers, and what rollouts want to do. */
@NullMarked
package dev.flotilla.policy.maintenance;

import org.jspecify.annotations.NullMarked;
