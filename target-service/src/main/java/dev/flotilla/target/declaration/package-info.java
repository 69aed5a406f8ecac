/**
 * Declarations: a list of targets is read and checked, the deployment stored as an immutable revision, and served again.
 */
@NullMarked
package dev.flotilla.target.declaration;

import org.jspecify.annotations.NullMarked;
