package im.linnet.schemas.event;

import com.fasterxml.jackson.core.JsonGenerator;
import im.linnet.schemas.Stream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * The fact of a step between two users. The record stands twice, with the same bytes, under each of
 * the two. Both are pushed as a message of that type. The one under the recipient's key is also the
 * message of the view.
 *
 * @param act the step
 * @param uuid the uuid of the command that asked for it
 * @param from the user who took the step
 * @param to the other one
 * @param content the text of the request
 */
public record FriendEvent(FriendAct act, String uuid, String from, String to, String content)
    implements InboxEvent {
  /** The {@code ce_type} of each step. */
  public static final List<String> TYPES =
      Arrays.stream(FriendAct.values()).map(FriendAct::token).toList();

  static FriendEvent read(FriendAct act, EventFields fields, Stream stream)
      throws MalformedEventException {
    MessageEvent message = MessageEvent.read(fields, stream);
    if (!message.token().equals(act.token())) {
      throw fields.problem("type", "is not " + act.token() + ", the record's ce_type");
    }
    return new FriendEvent(act, message.uuid(), message.from(), message.to(), message.content());
  }

  /** The message that both users are pushed. */
  public MessageEvent message() {
    return new MessageEvent(Stream.MUTUAL, uuid, from, to, act.token(), content);
  }

  @Override
  public Stream kind() {
    return Stream.MUTUAL;
  }

  @Override
  public String type() {
    return act.token();
  }

  @Override
  public String owner() {
    return to;
  }

  @Override
  public List<String> keys() {
    return List.of(from, to);
  }

  @Override
  public boolean standsUnder(String key) {
    return key.equals(to) || key.equals(from);
  }

  @Override
  public String source() {
    return message().source() + "/" + type();
  }

  @Override
  public String id(String drawn) {
    return uuid;
  }

  @Override
  public void write(JsonGenerator json) throws IOException {
    message().write(json);
  }
}
