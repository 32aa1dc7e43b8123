/**
 * Client sessions, from the first frame to the last. Each session has one owner thread: its event
 * loop.
 */
@NullMarked
package im.linnet.edge.session;

import org.jspecify.annotations.NullMarked;
