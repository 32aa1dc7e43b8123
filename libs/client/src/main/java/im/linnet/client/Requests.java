package im.linnet.client;

import com.fasterxml.jackson.core.JsonGenerator;
import im.linnet.client.PendingRequest.Repeat;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.document.PresenceStatus;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The requests of the protocol's first ops. Pure. */
final class Requests {
  /** The listener gets its reply, and the watched users are remembered for the next connection. */
  static final String WATCH = "presence.watch";

  private Requests() {}

  /** A {@code send} of the draft under this uuid. */
  static PendingRequest send(Draft draft, String uuid) {
    return new PendingRequest(
        "send",
        draft,
        json -> {
          json.writeStringField("kind", draft.kind().wire());
          json.writeStringField("to", draft.to());
          json.writeStringField("type", draft.type());
          json.writeStringField("content", draft.content());
          json.writeStringField("uuid", uuid);
        });
  }

  static PendingRequest read(Stream kind, String peer, Position upTo) {
    return new PendingRequest(
        "read",
        Repeat.AS_IT_IS,
        json -> {
          json.writeStringField("kind", kind.wire());
          json.writeStringField("peer", peer);
          json.writeStringField("upTo", upTo.toString());
        });
  }

  static PendingRequest read(Stream kind, String peer, List<String> uuids) {
    return new PendingRequest(
        "read",
        Repeat.AS_IT_IS,
        json -> {
          json.writeStringField("kind", kind.wire());
          json.writeStringField("peer", peer);
          writeTexts(json, "uuids", uuids);
        });
  }

  static PendingRequest history(Stream kind, String peer, @Nullable String before, int limit) {
    return new PendingRequest(
        "history",
        Repeat.AS_IT_IS,
        json -> {
          json.writeStringField("kind", kind.wire());
          json.writeStringField("peer", peer);
          if (before != null) {
            json.writeStringField("before", before);
          }
          json.writeNumberField("limit", limit);
        });
  }

  static PendingRequest unread() {
    return new PendingRequest("unread", Repeat.AS_IT_IS, json -> {});
  }

  static PendingRequest presence(List<String> users) {
    return users("presence.get", Repeat.AS_IT_IS, users);
  }

  static PendingRequest watch(List<String> users) {
    return users(WATCH, Repeat.AS_IT_IS, users);
  }

  /**
   * Watches again on a connection that has just begun. It is not repeated on the next connection,
   * because that one asks anew.
   */
  static PendingRequest watchAgain(List<String> users) {
    return users(WATCH, Repeat.NEVER, users);
  }

  static PendingRequest setProfile(@Nullable String nickname, @Nullable String avatar) {
    return new PendingRequest(
        "profile.set",
        Repeat.AS_IT_IS,
        json -> {
          if (nickname != null) {
            json.writeStringField("nickname", nickname);
          }
          if (avatar != null) {
            json.writeStringField("avatar", avatar);
          }
        });
  }

  static PendingRequest profiles(List<String> users) {
    return users("profile.get", Repeat.AS_IT_IS, users);
  }

  static PendingRequest setContact(
      String user, @Nullable String remark, @Nullable List<String> labels) {
    return new PendingRequest(
        "contact.set",
        Repeat.AS_IT_IS,
        json -> {
          json.writeStringField("user", user);
          if (remark != null) {
            json.writeStringField("remark", remark);
          }
          if (labels != null) {
            writeTexts(json, "labels", labels);
          }
        });
  }

  static PendingRequest contacts(@Nullable String after) {
    return new PendingRequest(
        "contact.list",
        Repeat.AS_IT_IS,
        json -> {
          if (after != null) {
            json.writeStringField("after", after);
          }
        });
  }

  static PendingRequest setPresence(PresenceStatus status) {
    return new PendingRequest(
        "presence.set", Repeat.AS_IT_IS, json -> json.writeStringField("status", status.wire()));
  }

  static PendingRequest receipts(Stream kind, String to, String uuid) {
    return new PendingRequest(
        "receipts",
        Repeat.AS_IT_IS,
        json -> {
          json.writeStringField("kind", kind.wire());
          json.writeStringField("to", to);
          json.writeStringField("uuid", uuid);
        });
  }

  static PendingRequest conversations(@Nullable String before, int limit) {
    return new PendingRequest(
        "conversations",
        Repeat.AS_IT_IS,
        json -> {
          if (before != null) {
            json.writeStringField("before", before);
          }
          json.writeNumberField("limit", limit);
        });
  }

  static PendingRequest typing(Stream kind, String to) {
    return new PendingRequest(
        "typing",
        Repeat.NEVER,
        json -> {
          json.writeStringField("kind", kind.wire());
          json.writeStringField("to", to);
        });
  }

  private static PendingRequest users(String op, Repeat repeat, List<String> users) {
    return new PendingRequest(op, repeat, json -> writeTexts(json, "users", users));
  }

  private static void writeTexts(JsonGenerator json, String field, List<String> texts)
      throws IOException {
    json.writeArrayFieldStart(field);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }
}
