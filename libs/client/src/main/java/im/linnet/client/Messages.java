package im.linnet.client;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.event.MessageId;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/**
 * Messages: to send and to change them, and their readers. A message is named by its identity, see
 * {@link Message#identity}. Safe on any thread.
 */
public final class Messages {
  private final ChatOps ops;

  Messages(ChatOps ops) {
    this.ops = ops;
  }

  /** Sends a message; completes once it is durable in the log. */
  public CompletableFuture<Sent> send(Draft draft) {
    return ops.ask(Request.send(draft), Sent::read);
  }

  /**
   * Gives a message of this user another text. The server says how long that is allowed.
   *
   * @return the change's place in the recipient's inbox, once it is durable
   */
  public CompletableFuture<Position> edit(MessageId message, String content) {
    return change(message, new MessageChange.Edit(content));
  }

  /**
   * Takes a message back. Its sender may do that for a while, and the founder of a topic with every
   * message there, at any time.
   *
   * @return the change's place in the recipient's inbox, once it is durable
   */
  public CompletableFuture<Position> recall(MessageId message) {
    return change(message, new MessageChange.Recall());
  }

  /**
   * Changes a message. After a 5003 the change may have happened; ask again for the newest change
   * of a message alone.
   *
   * @return the change's place in the recipient's inbox, once it is durable
   */
  public CompletableFuture<Position> change(MessageId message, MessageChange change) {
    return ops.ask(Request.change(new ChangeRequest(message, change)), Messages::place);
  }

  /** The readers of a message. Its sender, its recipient and the members of its topic may ask. */
  public CompletableFuture<Receipts> receipts(MessageId message) {
    return ops.ask(
        Request.question("receipts", json -> write(json, message)),
        response -> {
          JsonNode data = response.data();
          return new Receipts(JsonValues.texts(data.path("readers")), data.path("count").asInt(0));
        });
  }

  /** Tells the recipient that this user is typing; lost if there is no connection for a while. */
  public CompletableFuture<Void> typing(Stream kind, String to) {
    return ops.tell(
        Request.signal(
            "typing",
            json -> {
              json.writeStringField("kind", kind.wire());
              json.writeStringField("to", to);
            }));
  }

  /** Writes the fields that name a message of this user. */
  static void write(JsonGenerator json, MessageId message) throws IOException {
    json.writeStringField("kind", message.kind().wire());
    json.writeStringField("to", message.to());
    json.writeStringField("uuid", message.uuid());
  }

  /** The place of a change. */
  static Position place(ServerResponse response) {
    Position at = JsonValues.position(response.data().path("at"));
    return at == null ? new Position(Stream.P2P, 0, -1) : at;
  }
}
