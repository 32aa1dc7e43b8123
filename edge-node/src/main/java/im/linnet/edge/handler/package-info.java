/** One small class per op. */
@NullMarked
package im.linnet.edge.handler;

import org.jspecify.annotations.NullMarked;
