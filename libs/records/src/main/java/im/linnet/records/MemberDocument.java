package im.linnet.records;

import java.util.ArrayList;
import java.util.List;

/**
 * A document of {@code topic_member}: all memberships of one user in one topic. The facts of a
 * topic are applied in their order; one that is not above the last one applied changes nothing.
 *
 * @param topic the topic
 * @param user the member
 * @param joinTime the time of the last join, epoch seconds
 * @param spans in their order; only the last one may be open
 * @param lastChange the offset of the last fact applied
 */
public record MemberDocument(
    String topic, String user, long joinTime, List<Span> spans, long lastChange) {
  private static final long MILLIS = 1000;

  public MemberDocument {
    spans = List.copyOf(spans);
  }

  /** A user who never was a member. */
  public static MemberDocument none(String topic, String user) {
    return new MemberDocument(topic, user, 0, List.of(), -1);
  }

  /** The user became a member. */
  public MemberDocument joined(long offset, long timeMillis) {
    if (offset <= lastChange || isMember()) {
      return this;
    }
    List<Span> more = new ArrayList<>(spans);
    more.add(new Span(offset, Span.OPEN));
    return new MemberDocument(topic, user, Math.floorDiv(timeMillis, MILLIS), more, offset);
  }

  /** The user is no member any more. */
  public MemberDocument left(long offset) {
    if (offset <= lastChange || !isMember()) {
      return this;
    }
    List<Span> ended = new ArrayList<>(spans);
    ended.set(ended.size() - 1, new Span(ended.getLast().join(), offset));
    return new MemberDocument(topic, user, joinTime, ended, offset);
  }

  /** Whether the last membership lasts, unless the topic was disbanded. */
  public boolean isMember() {
    return !spans.isEmpty() && spans.getLast().isOpen();
  }

  /** Whether the user was a member at that offset. */
  public boolean wasMember(long offset) {
    return spans.stream().anyMatch(span -> span.contains(offset));
  }
}
