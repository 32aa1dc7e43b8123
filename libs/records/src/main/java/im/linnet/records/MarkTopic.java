package im.linnet.records;

import java.util.Map;

/**
 * A member has read a topic up to a message.
 *
 * @param topic the topic
 * @param reader the member
 * @param upTo all at or below this offset; -1 if only {@code uuids} count
 * @param uuids up to the newest message of one of these that lies below the offset given with it
 */
public record MarkTopic(String topic, String reader, long upTo, Map<String, Long> uuids)
    implements Change {
  public MarkTopic {
    uuids = Map.copyOf(uuids);
  }

  @Override
  public void apply(MemoryView view) {
    view.mark(this);
  }

  @Override
  public int documents() {
    return 1;
  }
}
