/** The settings of an edge, judged before a socket opens. */
@NullMarked
package im.linnet.edge.config;

import org.jspecify.annotations.NullMarked;
