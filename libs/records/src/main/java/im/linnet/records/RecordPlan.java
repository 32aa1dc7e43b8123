package im.linnet.records;

import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.event.MessageEvent;
import java.util.List;
import java.util.Map;

/**
 * What one batch of log records changes in the view: the planner's result and the store's input. A
 * plan may be applied any number of times, also after a later one, with the same outcome.
 *
 * @param messages messages to insert, in log order per partition
 * @param reads read marks, coalesced, in log order per partition
 * @param inbox delivered records, messages among them
 * @param from per partition the offset where this plan begins: a view that is not that far takes
 *     nothing of it; a partition that is not there begins anywhere
 * @param next per partition the offset where the applier goes on after this plan
 */
public record RecordPlan(
    List<NewMessage> messages,
    List<ReadMark> reads,
    List<InboxRecord> inbox,
    Map<StreamPartition, Long> from,
    Map<StreamPartition, Long> next) {
  public RecordPlan {
    messages = List.copyOf(messages);
    reads = List.copyOf(reads);
    inbox = List.copyOf(inbox);
    from = Map.copyOf(from);
    next = Map.copyOf(next);
  }

  /** The same plan, for a view that has reached these offsets at least. */
  public RecordPlan beginningAt(Map<StreamPartition, Long> offsets) {
    return new RecordPlan(messages, reads, inbox, offsets, next);
  }

  /**
   * A message to insert, unless one of the same identity (ToID, UUID, FromID) stands at another
   * position: then this one is a duplicate and its inbox record is dropped too.
   *
   * @param message what was sent
   * @param at its place
   * @param time its broker time, ms
   */
  public record NewMessage(MessageEvent message, Position at, long time) {}

  /**
   * Messages that became read.
   *
   * @param stream p2p or mutual
   * @param reader whose messages ({@code ToID})
   * @param peer from whom ({@code FromID})
   * @param upTo all at or below this offset; -1 where only {@code uuids} count
   * @param uuids just these, where they lie below the offset given with them
   */
  public record ReadMark(
      Stream stream, String reader, String peer, long upTo, Map<String, Long> uuids) {
    public ReadMark {
      uuids = Map.copyOf(uuids);
    }
  }
}
