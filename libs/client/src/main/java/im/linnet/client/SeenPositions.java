package im.linnet.client;

import im.linnet.schemas.Position;
import im.linnet.schemas.StreamPartition;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The last position seen in each partition. A resume asks the server to go on from these. They come
 * from pushes and {@code synced} alone: the position in a reply belongs to the recipient's inbox.
 * Owned by one thread.
 */
final class SeenPositions {
  private final Map<StreamPartition, Long> seen = new TreeMap<>();
  private @Nullable String log;

  SeenPositions(ClientConfig.@Nullable Resume resume) {
    if (resume != null) {
      log = resume.log();
      resume.at().forEach(this::saw);
    }
  }

  /** Whether no position is known to resume from. */
  boolean isEmpty() {
    return seen.isEmpty();
  }

  /** The id of the log that the positions belong to; null before the first session. */
  @Nullable String log() {
    return log;
  }

  /** Enters a log. Positions of another log are dropped: they mean nothing in this one. */
  void enter(String newLog) {
    if (log != null && !log.equals(newLog)) {
      seen.clear();
    }
    log = newLog;
  }

  void saw(Position position) {
    seen.merge(position.place(), position.offset(), Math::max);
  }

  /** Takes the positions of a {@code synced}; after a reset all earlier positions are void. */
  void synced(List<Position> at, boolean reset) {
    if (reset) {
      seen.clear();
    }
    at.forEach(this::saw);
  }

  List<Position> at() {
    return seen.entrySet().stream()
        .map(entry -> new Position(entry.getKey(), entry.getValue()))
        .toList();
  }
}
