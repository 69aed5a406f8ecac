/** GetAndRunSvc: takes in signed orders and refuses those that must not be carried out. */
@NullMarked
package dev.flotilla.agent.getandrun;

import org.jspecify.annotations.NullMarked;
