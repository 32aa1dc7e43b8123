package im.linnet.client;

import com.fasterxml.jackson.databind.JsonNode;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
      Message message = FrameReader.message(each);
      if (message != null) {
        entries.add(
            new HistoryPage.Entry(
                message, each.path("read").asBoolean(false), each.path("readers").asInt(0)));
      }
    }
    JsonNode next = response.data().path("next");
    return new HistoryPage(entries, next.isTextual() ? next.asText() : null);
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
