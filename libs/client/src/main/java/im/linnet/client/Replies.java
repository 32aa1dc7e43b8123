package im.linnet.client;

import com.fasterxml.jackson.databind.JsonNode;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The typed form of each op's reply data. Pure. */
final class Replies {
  private Replies() {}

  static Sent sent(ServerResponse response) {
    JsonNode data = response.data();
    Position at = FrameReader.position(data.path("at"));
    return new Sent(
        data.path("uuid").asText(""),
        // A verdict answers a friend request, and a verdict has no place.
        at == null ? new Position(Stream.MUTUAL, 0, -1) : at,
        data.path("time").asLong(0));
  }

  /** Where the change of a message stands. */
  static Position change(ServerResponse response) {
    Position at = FrameReader.position(response.data().path("at"));
    return at == null ? new Position(Stream.P2P, 0, -1) : at;
  }

  static HistoryPage history(ServerResponse response) {
    List<HistoryPage.Entry> entries = new ArrayList<>();
    for (JsonNode each : response.data().path("messages")) {
      HistoryPage.Entry entry = entry(each);
      if (entry != null) {
        entries.add(entry);
      }
    }
    return new HistoryPage(entries, next(response));
  }

  private static HistoryPage.@Nullable Entry entry(JsonNode stored) {
    Message message = FrameReader.message(stored);
    return message == null
        ? null
        : new HistoryPage.Entry(
            message, stored.path("read").asBoolean(false), stored.path("readers").asInt(0));
  }

  private static @Nullable String next(ServerResponse response) {
    JsonNode next = response.data().path("next");
    return next.isTextual() ? next.asText() : null;
  }

  static ContactPage contacts(ServerResponse response) {
    List<ContactInfo> contacts = new ArrayList<>();
    for (JsonNode each : response.data().path("contacts")) {
      contacts.add(
          new ContactInfo(
              each.path("user").asText(""),
              each.path("remark").asText(""),
              texts(each.path("labels"))));
    }
    return new ContactPage(contacts, next(response));
  }

  static List<UserInfo> profiles(ServerResponse response) {
    List<UserInfo> profiles = new ArrayList<>();
    for (JsonNode each : response.data().path("profiles")) {
      profiles.add(
          new UserInfo(
              each.path("user").asText(""),
              each.path("nickname").asText(""),
              each.path("avatar").asText("")));
    }
    return List.copyOf(profiles);
  }

  static Receipts receipts(ServerResponse response) {
    JsonNode data = response.data();
    return new Receipts(texts(data.path("readers")), data.path("count").asInt(0));
  }

  /** A conversation of a kind that this client does not know is left out. */
  static ConversationPage conversations(ServerResponse response) {
    List<ConversationPage.Entry> entries = new ArrayList<>();
    for (JsonNode each : response.data().path("conversations")) {
      Stream kind = Stream.ofWire(each.path("kind").asText(""));
      if (kind != null) {
        entries.add(
            new ConversationPage.Entry(
                kind,
                each.path(kind == Stream.TOPIC ? "topic" : "peer").asText(""),
                each.path("name").asText(""),
                entry(each.path("last")),
                new Unread.Count(
                    each.path("unread").asLong(0), each.path("more").asBoolean(false))));
      }
    }
    return new ConversationPage(entries, next(response));
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(each -> texts.add(each.asText("")));
    return texts;
  }

  static Unread unread(ServerResponse response) {
    JsonNode data = response.data();
    return new Unread(
        data.path("total").asLong(0),
        counts(data.path("p2p"), "peer"),
        counts(data.path("topic"), "topic"),
        data.path("mutual").asLong(0));
  }

  private static Map<String, Unread.Count> counts(JsonNode entries, String name) {
    Map<String, Unread.Count> counts = new LinkedHashMap<>();
    for (JsonNode entry : entries) {
      counts.put(
          entry.path(name).asText(""),
          new Unread.Count(entry.path("count").asLong(0), entry.path("more").asBoolean(false)));
    }
    return counts;
  }
}
