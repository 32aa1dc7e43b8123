/** Client sessions: from the first frame to the last, one owner thread each (their event loop). */
@NullMarked
package im.linnet.edge.session;

import org.jspecify.annotations.NullMarked;
