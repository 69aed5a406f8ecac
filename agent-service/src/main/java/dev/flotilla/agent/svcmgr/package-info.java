/** SvcMgr: one small actor for each service on each machine, which keeps running what must run there. */
@NullMarked
package dev.flotilla.agent.svcmgr;

import org.jspecify.annotations.NullMarked;
