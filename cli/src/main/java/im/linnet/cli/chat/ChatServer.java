package im.linnet.cli.chat;

import com.fasterxml.jackson.databind.JsonNode;
import im.linnet.client.ChatClient;
import im.linnet.client.Draft;
import im.linnet.client.HistoryPage;
import im.linnet.client.MessageChange;
import im.linnet.client.RefusedException;
import im.linnet.client.Sent;
import im.linnet.client.Unread;
import im.linnet.schemas.JsonBytes;
import im.linnet.schemas.Stream;
import im.linnet.schemas.event.MessageId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The requests of a chat to its server, by {@link ChatClient}. Safe on any thread. */
interface ChatServer {
  CompletableFuture<Sent> send(Draft draft);

  /** Changes a message of the user's own. */
  CompletableFuture<?> change(MessageId message, MessageChange change);

  /** Tells the client's listener the presence of a user from now on. */
  CompletableFuture<?> watch(String user);

  /** A page of the conversation with a user in one stream, newest first. */
  CompletableFuture<HistoryPage> history(
      Stream kind, String peer, @Nullable String before, int limit);

  CompletableFuture<Unread> unread();

  /** Marks these messages of the peer, 200 at most, and no others. */
  CompletableFuture<?> read(Stream kind, String peer, List<String> uuids);

  /**
   * Asks for something by its op. The future brings the reply's data, or fails with a {@link
   * RefusedException}.
   *
   * @param repeatable whether the request may be sent again if its reply is lost
   */
  CompletableFuture<JsonNode> ask(String op, boolean repeatable, JsonBytes.Fields fields);

  /** The server of a client. */
  static ChatServer of(ChatClient client) {
    return new ChatServer() {
      @Override
      public CompletableFuture<Sent> send(Draft draft) {
        return client.send(draft);
      }

      @Override
      public CompletableFuture<?> change(MessageId message, MessageChange change) {
        return client.change(message.kind(), message.to(), message.uuid(), change);
      }

      @Override
      public CompletableFuture<?> watch(String user) {
        return client.watch(List.of(user));
      }

      @Override
      public CompletableFuture<HistoryPage> history(
          Stream kind, String peer, @Nullable String before, int limit) {
        return client.history(kind, peer, before, limit);
      }

      @Override
      public CompletableFuture<Unread> unread() {
        return client.unread();
      }

      @Override
      public CompletableFuture<?> read(Stream kind, String peer, List<String> uuids) {
        return client.read(kind, peer, uuids);
      }

      @Override
      public CompletableFuture<JsonNode> ask(
          String op, boolean repeatable, JsonBytes.Fields fields) {
        return client
            .request(op, fields, repeatable)
            .thenApply(
                response -> {
                  if (!response.ok()) {
                    throw new RefusedException(response);
                  }
                  return response.data();
                });
      }
    };
  }
}
