package im.linnet.edge.attach;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import im.linnet.edge.attach.SimLog.Entry;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.frame.Frames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A client that remembers what it has seen and judges each frame by the log. */
final class SimClient {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SimLog log;
  final String user;
  private final Map<StreamPartition, Screen> screens = new HashMap<>();
  private final Set<String> ownSessions = new HashSet<>();
  @Nullable SimSession session;
  boolean synced;
  boolean expectReset;

  /** What the client has of one partition. */
  private static final class Screen {
    final Set<Long> seen = new HashSet<>();

    /** All above it comes, whatever it is; below it what was unread came. */
    long complete = Long.MAX_VALUE;

    long highest = -1;
    boolean known;
  }

  SimClient(SimLog log, String user) {
    this.log = log;
    this.user = user;
    for (Stream stream : List.of(Stream.P2P, Stream.MUTUAL)) {
      screens.put(new StreamPartition(stream, SimLog.partition(user)), new Screen());
    }
    screens.put(new StreamPartition(Stream.TOPIC, 0), new Screen());
  }

  /** What it resumes with; partitions that it never saw are left out. */
  List<Position> resume() {
    List<Position> at = new ArrayList<>();
    screens.forEach(
        (partition, screen) -> {
          if (screen.known) {
            at.add(new Position(partition, screen.highest));
          }
        });
    return at;
  }

  /** It has been on another edge, which was ahead of this one. */
  void sawElsewhere(StreamPartition partition, long upTo) {
    Screen screen = screens.get(partition);
    if (screen.known && upTo > screen.highest) {
      for (Entry entry : log.part(partition).entries) {
        if (entry.offset() > screen.highest && entry.offset() <= upTo && entry.counts()) {
          screen.seen.add(entry.offset());
        }
      }
      screen.highest = upTo;
    }
  }

  void connected(SimSession opened, boolean anew) {
    session = opened;
    synced = false;
    ownSessions.add(opened.id());
    if (anew) {
      forget();
    }
    for (Screen screen : screens.values()) {
      if (screen.known) {
        // It resumes, so from here on everything comes.
        screen.complete = Math.min(screen.complete, screen.highest);
      }
    }
  }

  private void forget() {
    screens.replaceAll((partition, screen) -> new Screen());
  }

  void receive(byte[] frame) {
    try {
      JsonNode json = JSON.readTree(frame);
      if (json.path("op").asText().equals("synced")) {
        receiveSynced(json);
      } else {
        receivePush(Position.parse(json.path("at").asText()), frame);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void receivePush(Position at, byte[] frame) {
    Screen screen = screens.get(at.place());
    assertThat(screen).as("%s got %s of a foreign partition", user, at).isNotNull();
    assertThat(at.offset()).as("order of %s at %s", user, at).isGreaterThan(screen.highest);
    Entry entry =
        log.part(at.place()).entries.stream()
            .filter(each -> each.offset() == at.offset())
            .findFirst()
            .orElseThrow();
    assertThat(entry.counts()).as("%s got %s, which does not count", user, at).isTrue();
    assertThat(log.receives(user, entry)).as("%s got %s, which is not for it", user, at).isTrue();
    assertThat(frame)
        .as("bytes of %s", at)
        .isEqualTo(
            Frames.push(
                at.place().stream(),
                at.place().partition(),
                at.offset(),
                entry.record().timestamp(),
                entry.record().value()));
    screen.highest = at.offset();
    screen.known = true;
    screen.seen.add(at.offset());
  }

  private void receiveSynced(JsonNode json) {
    assertThat(synced).as("one synced").isFalse();
    assertThat(session.opened).as("synced waits for opened").isTrue();
    assertThat(json.path("reset").asBoolean()).as("reset of %s", user).isEqualTo(expectReset);
    assertThat(json.path("cut").asBoolean()).isFalse();
    assertThat(json.path("at").size()).isEqualTo(3);
    for (JsonNode text : json.path("at")) {
      Position at = Position.parse(text.asText());
      Screen screen = screens.get(at.place());
      assertThat(at.offset()).as("%s synced", at).isGreaterThanOrEqualTo(screen.highest);
      screen.complete = Math.min(screen.complete, at.offset());
      screen.known = true;
      screen.highest = at.offset();
      checkComplete(at.place(), screen, at.offset());
    }
    synced = true;
  }

  /** All that counts has come: above {@code complete} everything, below it what is unread. */
  void checkComplete() {
    screens.forEach(
        (partition, screen) -> checkComplete(partition, screen, log.part(partition).end - 1));
  }

  private void checkComplete(StreamPartition partition, Screen screen, long upTo) {
    SimLog.Part part = log.part(partition);
    for (Entry entry : part.entries) {
      if (entry.offset() > upTo || !entry.counts() || !log.receives(user, entry)) {
        continue;
      }
      byte[] asker = entry.record().headers().session();
      boolean own = asker != null && ownSessions.contains(new String(asker));
      boolean due = entry.offset() > screen.complete || log.isUnread(user, part, entry);
      if (due && !own) {
        assertThat(screen.seen)
            .as("%s needs %s/%d up to %d", user, partition, entry.offset(), upTo)
            .contains(entry.offset());
      }
    }
  }
}
