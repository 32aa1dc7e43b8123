package im.linnet.schemas.event;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * A user wants to block another user, or to do so no more.
 *
 * @param act which of the two
 * @param uuid the caller's id for it
 * @param caller the user who asks
 * @param user the other one
 */
public record BlockCommand(BlockAct act, String uuid, String caller, String user)
    implements PairCommand {
  /** The {@code ce_type} of both. */
  public static final List<String> TYPES =
      Arrays.stream(BlockAct.values()).map(BlockAct::command).toList();

  static BlockCommand read(BlockAct act, EventFields fields) throws MalformedEventException {
    fields.requireOp(act.command());
    return new BlockCommand(act, fields.id("uuid"), fields.user("caller"), fields.user("user"));
  }

  @Override
  public String type() {
    return act.command();
  }

  @Override
  public void writeFields(JsonGenerator json) throws IOException {
    json.writeStringField("user", user);
  }
}
