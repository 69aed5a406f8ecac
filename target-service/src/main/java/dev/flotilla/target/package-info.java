/** target-service: takes deployments as owners declare them and keeps every revision. */
@NullMarked
package dev.flotilla.target;

import org.jspecify.annotations.NullMarked;
