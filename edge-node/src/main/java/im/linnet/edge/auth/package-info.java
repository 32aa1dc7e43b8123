/** Tokens: who a client is, judged without trust in anything that the token itself says. */
@NullMarked
package im.linnet.edge.auth;

import org.jspecify.annotations.NullMarked;
