package im.linnet.records;

import im.linnet.schemas.Stream;
import java.util.Map;

/**
 * Messages of one sender became read.
 *
 * @param stream p2p or mutual
 * @param reader whose messages ({@code ToID})
 * @param peer the sender ({@code FromID})
 * @param upTo all at or below this offset; -1 if only {@code uuids} count
 * @param uuids just these, if they lie below the offset given with them
 */
public record MarkRead(
    Stream stream, String reader, String peer, long upTo, Map<String, Long> uuids)
    implements Change {
  public MarkRead {
    uuids = Map.copyOf(uuids);
  }

  @Override
  public void apply(MemoryView view) {
    view.markUpTo(stream, reader, peer, upTo);
    uuids.forEach((uuid, below) -> view.mark(stream, reader, peer, uuid, below));
  }

  @Override
  public int documents() {
    return 0;
  }
}
