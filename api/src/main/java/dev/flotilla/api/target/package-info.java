/** The contract of target-service: deployments as their owners declare them. */
@NullMarked
package dev.flotilla.api.target;

import org.jspecify.annotations.NullMarked;
