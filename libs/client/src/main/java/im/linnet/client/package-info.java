/**
 * The Java chat client: one session with any of several edges, kept alive across reconnects, that
 * sees each message once and sends each message once. Speaks {@code linnet.v1} over TCP.
 */
@NullMarked
package im.linnet.client;

import org.jspecify.annotations.NullMarked;
