package im.linnet.client;

import com.fasterxml.jackson.core.JsonGenerator;
import im.linnet.schemas.JsonBytes;
import im.linnet.schemas.Stream;
import java.io.IOException;

/**
 * Asks for a change of a message of this user's.
 *
 * @param kind the message's stream
 * @param to its recipient
 * @param uuid its id
 * @param change what shall happen to it
 */
record ChangeRequest(Stream kind, String to, String uuid, MessageChange change)
    implements JsonBytes.Fields {
  @Override
  public void write(JsonGenerator json) throws IOException {
    json.writeStringField("kind", kind.wire());
    json.writeStringField("to", to);
    json.writeStringField("uuid", uuid);
    change.write(json);
  }
}
