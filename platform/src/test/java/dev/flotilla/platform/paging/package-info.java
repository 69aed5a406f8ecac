@NullMarked
package dev.flotilla.platform.paging;

import org.jspecify.annotations.NullMarked;
