/** Who looks: log-in with a token, the cookie that keeps it, and its use in calls to the other services. */
@NullMarked
package dev.flotilla.console.session;

import org.jspecify.annotations.NullMarked;
