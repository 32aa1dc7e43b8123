package im.linnet.persister.apply;

import im.linnet.schemas.event.Decoded;
import im.linnet.schemas.event.InboxEvent;
import java.util.List;

/**
 * The records of a batch, sorted by their judgement.
 *
 * @param valid the records that count, in the batch's order, without duplicates
 * @param malformed the records that nobody can read
 * @param unknown the records that only a newer version can read
 * @param stale the number of records that came too late to count
 * @param duplicates the number of second copies of messages
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
