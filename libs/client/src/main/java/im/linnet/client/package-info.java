/**
 * The Java chat client: one session with any of several edges, kept alive across reconnects. It
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
 *   Sent sent = client.messages().send(Draft.p2p("bb", "Hello")).get(); // durable now
 *   GroupInfo tea = client.topics().create(TopicDraft.named("Tea")).get();
 * }
 * }</pre>
 *
 * <p>{@link im.linnet.client.ChatClient} has the session, {@link im.linnet.client.ChatOps} the ops
 * by subject, and {@link im.linnet.client.ClientEvent} all that the server tells by itself.
 *
 * <p>The listener gets each message once as long as the client lives: the client remembers the
 * identities of the latest 10,000 messages, and the last position of each partition. A {@link
 * im.linnet.client.ClientEvent.Synced} with {@code cut} or {@code reset} means that the history
 * holds messages that the session did not get. An application can go on from the positions of an
 * earlier process. It gives {@link im.linnet.client.ClientConfig.Resume} the log of {@link
 * im.linnet.client.ClientEvent.Connected} and, for each partition, the highest position in {@code
 * Synced} and in the later messages.
 */
@NullMarked
package im.linnet.client;

import org.jspecify.annotations.NullMarked;
