package im.linnet.cli.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;

/**
 * The positions that one user has seen, over all its connections: of each partition the last one.
 * Whatever comes twice or out of order is noted. The user's lock guards it.
 */
final class SeenPlaces {
  private final String user;
  private final Queue<String> violations;
  private final Map<String, Long> places = new HashMap<>();

  /**
   * @param violations takes what the protocol forbids and that happened
   */
  SeenPlaces(String user, Queue<String> violations) {
    this.user = user;
    this.violations = violations;
  }

  /** Adds to {@code auth} what is to go on. */
  void resume(ObjectNode auth, String log) {
    if (places.isEmpty()) {
      return;
    }
    ArrayNode resume = auth.put("log", log).putArray("resume");
    places.forEach(
        (place, offset) -> {
          if (offset >= 0) {
            resume.add(place + "/" + offset);
          }
        });
  }

  /** Takes the place of a push: above all of its partition that came before. */
  void push(JsonNode frame) {
    String at = frame.get("at").asText();
    String partition = partition(at);
    long offset = offset(at);
    Long before = places.get(partition);
    if (before != null && offset <= before) {
      overtaken(partition, before, frame);
    }
    places.merge(partition, offset, Math::max);
  }

  /** Takes {@code synced}, which covers what came before it. */
  void synced(JsonNode frame) {
    if (frame.path("reset").asBoolean()) {
      violations.add(user + " lost its place: " + frame);
    }
    if (frame.path("cut").asBoolean()) {
      violations.add(user + " was sent a part of what it missed: " + frame);
    }
    Set<String> unnamed = new HashSet<>(places.keySet());
    for (JsonNode at : frame.path("at")) {
      String partition = partition(at.asText());
      long offset = offset(at.asText());
      Long before = places.put(partition, offset);
      if (before != null && before > offset) {
        overtaken(partition, before, frame);
      }
      unnamed.remove(partition);
    }
    if (!unnamed.isEmpty()) {
      violations.add(user + " has places in " + unnamed + " that are not in " + frame);
    }
  }

  private void overtaken(String partition, long before, JsonNode frame) {
    violations.add(user + " has seen " + partition + "/" + before + ", then came " + frame);
  }

  private static String partition(String at) {
    return at.substring(0, at.lastIndexOf('/'));
  }

  private static long offset(String at) {
    return Long.parseLong(at.substring(at.lastIndexOf('/') + 1));
  }
}
