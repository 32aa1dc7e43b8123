/**
 * The decider: what depends on state is judged here, in order. Commands come in, facts and verdicts
 * go out, in one transaction. {@code *Decisions} hold the rules and are pure.
 */
@NullMarked
package im.linnet.persister.decide;

import org.jspecify.annotations.NullMarked;
