/** What clients and edges say to each other: requests, replies, pushes, codes and their codecs. */
@NullMarked
package im.linnet.schemas.frame;

import org.jspecify.annotations.NullMarked;
