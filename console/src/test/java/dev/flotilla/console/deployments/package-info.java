@NullMarked
package dev.flotilla.console.deployments;

import org.jspecify.annotations.NullMarked;
