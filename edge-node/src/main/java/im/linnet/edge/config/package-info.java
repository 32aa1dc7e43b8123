/** The settings of an edge, checked before a socket opens. */
@NullMarked
package im.linnet.edge.config;

import org.jspecify.annotations.NullMarked;
