package im.linnet.persister.apply;

import im.linnet.schemas.event.Decoded;
import im.linnet.schemas.event.InboxEvent;
import java.util.List;

/**
 * A batch of the log, sorted by what its records turned out to be.
 *
 * @param valid what counts, in the batch's order, no duplicates among it
 * @param malformed what nobody can read
 * @param unknown what a newer version can read
 * @param stale how many came too late to count
 * @param duplicates how many were second copies of messages
 */
public record Judgement(
    List<Decoded.Valid<InboxEvent>> valid,
    List<Decoded.Malformed<InboxEvent>> malformed,
    List<Decoded.Unknown<InboxEvent>> unknown,
    int stale,
    int duplicates) {
  public Judgement {
    valid = List.copyOf(valid);
    malformed = List.copyOf(malformed);
    unknown = List.copyOf(unknown);
  }
}
