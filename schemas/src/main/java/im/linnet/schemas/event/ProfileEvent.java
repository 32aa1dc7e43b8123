package im.linnet.schemas.event;

import com.fasterxml.jackson.core.JsonGenerator;
import im.linnet.schemas.Names;
import im.linnet.schemas.Stream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A user changed their profile.
 *
 * @param user whose profile
 * @param nickname the name that others see from here on; null if it stays
 * @param avatar the picture that others see, as {@link Names#isAvatar} takes it; null if it stays
 */
public record ProfileEvent(String user, @Nullable String nickname, @Nullable String avatar)
    implements PersonalEvent {
  public static final String TYPE = "profile";

  static ProfileEvent read(EventFields fields, Stream stream) throws MalformedEventException {
    fields.requireOp(TYPE);
    return new ProfileEvent(
        fields.user("user"),
        fields.optionalLabel("nickname", Names.MAX_LABEL_LENGTH),
        fields.optionalAvatar("avatar"));
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public String owner() {
    return user;
  }

  @Override
  public String source() {
    return "/profile/" + user;
  }

  @Override
  public void write(JsonGenerator json) throws IOException {
    json.writeStringField("op", TYPE);
    json.writeStringField("user", user);
    if (nickname != null) {
      json.writeStringField("nickname", nickname);
    }
    if (avatar != null) {
      json.writeStringField("avatar", avatar);
    }
  }
}
