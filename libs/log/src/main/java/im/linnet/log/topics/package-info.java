/** The topics of the catalogue: created, and compared with the brokers' own. */
@NullMarked
package im.linnet.log.topics;

import org.jspecify.annotations.NullMarked;
