/** How far the view has come: announced by persisters, followed by edges. */
@NullMarked
package im.linnet.log.applied;

import org.jspecify.annotations.NullMarked;
