@NullMarked
package dev.flotilla.target.declaration;

import org.jspecify.annotations.NullMarked;
