/**
 * The Java chat client: one session with any of several edges, kept alive across reconnects, that
 * sees each message once and sends each message once. Speaks {@code linnet.v1} over TCP or TLS.
 *
 * <pre>{@code
 * ClientConfig config = ClientConfig.of("127.0.0.1", 9000).withDevice("robot");
 * ChatListener listener =
 *     event -> {
 *       switch (event) {
 *         case ClientEvent.MessageReceived(Message message) ->
 *             System.out.println(message.sender() + ": " + message.content());
 *         case ClientEvent.Stopped(int code, String reason) -> System.out.println(reason);
 *         default -> {}
 *       }
 *     };
 * try (ChatClient client = new ChatClient(config, () -> Files.readString(tokenFile), listener)) {
 *   client.start();
 *   Sent sent = client.send(Draft.p2p("bb", "Hello")).get(); // durable now
 * }
 * }</pre>
 *
 * <p>Each message is told of once as long as the client lives: it remembers the identities of the
 * latest 10,000, and the last position of each partition. A {@link
 * im.linnet.client.ClientEvent.Synced} with {@code cut} or {@code reset} says that something is to
 * be found in the history only. An application that goes on where an earlier process of it stood
 * gives {@link im.linnet.client.ClientConfig.Resume} what it has kept: the log of {@link
 * im.linnet.client.ClientEvent.Connected} and, of each partition, the highest place in {@code
 * Synced} and in the messages behind it.
 */
@NullMarked
package im.linnet.client;

import org.jspecify.annotations.NullMarked;
