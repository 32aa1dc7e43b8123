/** The frames between clients and edges: requests, replies, pushes, codes and their codecs. */
@NullMarked
package im.linnet.schemas.frame;

import org.jspecify.annotations.NullMarked;
