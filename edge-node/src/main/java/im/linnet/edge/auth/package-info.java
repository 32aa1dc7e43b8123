/** Tokens: they prove the identity of a client. An unchecked part of a token is never trusted. */
@NullMarked
package im.linnet.edge.auth;

import org.jspecify.annotations.NullMarked;
