package im.linnet.edge.op;

import com.fasterxml.jackson.core.JsonGenerator;
import im.linnet.records.StoredProfile;
import im.linnet.schemas.Utf8;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Profiles as they stand in a reply. Each user who was asked for has one, an empty one where the
 * user shows nothing, until the reply is full.
 *
 * @param profiles in the order of the question
 * @param more whether profiles were left out, since the reply was full
 */
record ProfilePage(List<StoredProfile> profiles, boolean more) {
  // What stands around a profile's texts at most.
  private static final int AROUND = 64;

  /** The first profiles of some users: so many bytes, but one at least. */
  static ProfilePage of(List<String> users, List<StoredProfile> found) {
    Map<String, StoredProfile> known = new HashMap<>();
    found.forEach(profile -> known.put(profile.user(), profile));
    List<StoredProfile> page = new ArrayList<>();
    long left = PageText.MOST_BYTES;
    for (String user : users) {
      StoredProfile profile = known.getOrDefault(user, StoredProfile.empty(user));
      left -=
          AROUND + user.length() + Utf8.length(profile.nickname()) + Utf8.length(profile.avatar());
      if (left < 0 && !page.isEmpty()) {
        return new ProfilePage(page, true);
      }
      page.add(profile);
    }
    return new ProfilePage(page, false);
  }

  void write(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("profiles");
    for (StoredProfile profile : profiles) {
      json.writeStartObject();
      json.writeStringField("user", profile.user());
      json.writeStringField("nickname", profile.nickname());
      json.writeStringField("avatar", profile.avatar());
      json.writeEndObject();
    }
    json.writeEndArray();
    if (more) {
      json.writeBooleanField("more", true);
    }
  }
}
