package im.linnet.schemas.event;

import com.fasterxml.jackson.core.JsonGenerator;
import im.linnet.schemas.Stream;
import java.io.IOException;

/**
 * A command for the decider: a record of {@code im.command.v1}. Its key is what it is about, so all
 * commands about one thing are judged in one order. The verdict on it names its key, its caller and
 * its uuid.
 */
public sealed interface CommandEvent extends LogEvent permits PairCommand, TopicCommand {
  /** The stream where its facts and its verdict stand. */
  Stream kind();

  /** The user who asks. */
  String caller();

  /** The caller's id for it, the same in each repeat. */
  String uuid();

  /** Writes the fields that only this command has. */
  void writeFields(JsonGenerator json) throws IOException;

  @Override
  default String id(String drawn) {
    return uuid();
  }

  @Override
  default void write(JsonGenerator json) throws IOException {
    json.writeStringField("op", type());
    json.writeStringField("uuid", uuid());
    json.writeStringField("caller", caller());
    writeFields(json);
  }
}
