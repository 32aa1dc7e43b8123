package im.linnet.client;

import com.fasterxml.jackson.core.JsonGenerator;
import im.linnet.schemas.JsonBytes;
import im.linnet.schemas.event.MessageId;
import java.io.IOException;

/**
 * Asks for a change of a message.
 *
 * @param message the message: one of this user, or of a topic that this user has founded
 * @param change the change
 */
record ChangeRequest(MessageId message, MessageChange change) implements JsonBytes.Fields {
  @Override
  public void write(JsonGenerator json) throws IOException {
    Messages.write(json, message);
    change.write(json);
  }
}
