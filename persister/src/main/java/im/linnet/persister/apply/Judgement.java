package im.linnet.persister.apply;

import im.linnet.schemas.LogRecord;
import im.linnet.schemas.event.Decoded;
import im.linnet.schemas.event.InboxEvent;
import im.linnet.schemas.event.RecordDecoder;
import java.util.ArrayList;
import java.util.List;

/**
 * A batch of the log, sorted by what its records turned out to be. Pure.
 *
 * @param valid what counts, in the batch's order
 * @param malformed what nobody can read
 * @param unknown what a newer version can read
 * @param stale how many came too late to count
 */
public record Judgement(
    List<Decoded.Valid<InboxEvent>> valid,
    List<Decoded.Malformed<InboxEvent>> malformed,
    List<Decoded.Unknown<InboxEvent>> unknown,
    int stale) {
  public Judgement {
    valid = List.copyOf(valid);
    malformed = List.copyOf(malformed);
    unknown = List.copyOf(unknown);
  }

  /**
   * Judges each record by the decoder that all readers share.
   *
   * @param decoder by the catalogue of the log
   * @param records records of topics that are streams
   * @throws IllegalArgumentException if a topic is none
   */
  public static Judgement of(RecordDecoder<InboxEvent> decoder, List<LogRecord> records) {
    List<Decoded.Valid<InboxEvent>> valid = new ArrayList<>(records.size());
    List<Decoded.Malformed<InboxEvent>> malformed = new ArrayList<>();
    List<Decoded.Unknown<InboxEvent>> unknown = new ArrayList<>();
    int stale = 0;
    for (LogRecord record : records) {
      switch (decoder.decode(record)) {
        case Decoded.Valid<InboxEvent> counts -> valid.add(counts);
        case Decoded.Malformed<InboxEvent> broken -> malformed.add(broken);
        case Decoded.Unknown<InboxEvent> newer -> unknown.add(newer);
        case Decoded.Stale<InboxEvent> late -> stale++;
      }
    }
    return new Judgement(valid, malformed, unknown, stale);
  }
}
