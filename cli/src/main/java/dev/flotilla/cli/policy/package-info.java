/** The rules of operators: opt-outs, freezes, maintenance windows and other policies, overrides, and how tenants are asked. */
@NullMarked
package dev.flotilla.cli.policy;

import org.jspecify.annotations.NullMarked;
