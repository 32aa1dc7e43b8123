package im.linnet.schemas.event;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * A user asks for a step between themselves and another user.
 *
 * @param act the step
 * @param uuid the caller's id for it
 * @param caller the user who asks
 * @param user the other one
 * @param content the text of the request
 */
public record FriendCommand(FriendAct act, String uuid, String caller, String user, String content)
    implements PairCommand {
  /** The {@code ce_type} of each step. */
  public static final List<String> TYPES =
      Arrays.stream(FriendAct.values()).map(FriendAct::command).toList();

  static FriendCommand read(FriendAct act, EventFields fields) throws MalformedEventException {
    fields.requireOp(act.command());
    return new FriendCommand(
        act,
        fields.id("uuid"),
        fields.user("caller"),
        fields.user("user"),
        fields.unicode("content"));
  }

  @Override
  public String type() {
    return act.command();
  }

  @Override
  public void writeFields(JsonGenerator json) throws IOException {
    json.writeStringField("user", user);
    json.writeStringField("content", content);
  }
}
