package im.linnet.persister.apply;

import im.linnet.schemas.LogRecord;
import im.linnet.schemas.Stream;
import im.linnet.schemas.event.Decoded;
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
    List<Decoded.Valid> valid,
    List<Decoded.Malformed> malformed,
    List<Decoded.Unknown> unknown,
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
  public static Judgement of(RecordDecoder decoder, List<LogRecord> records) {
    List<Decoded.Valid> valid = new ArrayList<>(records.size());
    List<Decoded.Malformed> malformed = new ArrayList<>();
    List<Decoded.Unknown> unknown = new ArrayList<>();
    int stale = 0;
    for (LogRecord record : records) {
      switch (decoder.decode(stream(record), record)) {
        case Decoded.Valid counts -> valid.add(counts);
        case Decoded.Malformed broken -> malformed.add(broken);
        case Decoded.Unknown newer -> unknown.add(newer);
        case Decoded.Stale late -> stale++;
      }
    }
    return new Judgement(valid, malformed, unknown, stale);
  }

  private static Stream stream(LogRecord record) {
    Stream stream = Stream.ofTopic(record.topic());
    if (stream == null) {
      throw new IllegalArgumentException(record.place() + " belongs to no stream");
    }
    return stream;
  }
}
