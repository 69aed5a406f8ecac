@NullMarked
package dev.flotilla.cli.policyagent;

import org.jspecify.annotations.NullMarked;
