package im.linnet.schemas.event;

import com.fasterxml.jackson.core.JsonGenerator;
import im.linnet.schemas.Names;
import im.linnet.schemas.Stream;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A user noted something about another user, for themselves alone.
 *
 * @param owner whose note
 * @param user about whom
 * @param remark the owner's name for the other user; null if it stays
 * @param labels the owner's labels of the other user; null if they stay
 */
public record ContactEvent(
    String owner, String user, @Nullable String remark, @Nullable List<String> labels)
    implements PersonalEvent {
  public static final String TYPE = "contact";

  public ContactEvent {
    labels = labels == null ? null : List.copyOf(labels);
  }

  static ContactEvent read(EventFields fields, Stream stream) throws MalformedEventException {
    fields.requireOp(TYPE);
    return new ContactEvent(
        fields.user("owner"),
        fields.user("user"),
        fields.optionalLabel("remark", Names.MAX_LABEL_LENGTH),
        fields.optionalLabels("labels", Names.MAX_LABELS, Names.MAX_CONTACT_LABEL_LENGTH));
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public String source() {
    return "/profile/" + owner + "/contact/" + user;
  }

  @Override
  public void write(JsonGenerator json) throws IOException {
    json.writeStringField("op", TYPE);
    json.writeStringField("owner", owner);
    json.writeStringField("user", user);
    if (remark != null) {
      json.writeStringField("remark", remark);
    }
    if (labels != null) {
      json.writeArrayFieldStart("labels");
      for (String label : labels) {
        json.writeString(label);
      }
      json.writeEndArray();
    }
  }
}
