package im.linnet.records;

import java.util.ArrayList;
import java.util.List;

/**
 * The part of a topic that a user may see, and its mark there. It is the view's answer to one
 * question. A caller that keeps it carries it on by the facts that follow.
 *
 * @param topic the topic
 * @param partition its partition
 * @param user the user
 * @param history whether members see the messages from before they joined
 * @param joinTime the time of the last join, epoch seconds
 * @param spans the memberships in their order, one at least; only the last one may be open, and
 *     none is in a topic that was disbanded
 * @param upTo the offset up to which the user has read the topic; -1 for none
 */
public record Membership(
    String topic,
    int partition,
    String user,
    boolean history,
    long joinTime,
    List<Span> spans,
    long upTo) {
  public Membership {
    spans = List.copyOf(spans);
  }

  /** The same with the user's mark. */
  public Membership withMark(long mark) {
    return new Membership(topic, partition, user, history, joinTime, spans, mark);
  }

  /** Whether the user is a member now. */
  public boolean isMember() {
    return spans.getLast().isOpen();
  }

  /** Whether the user was sent the record at that offset, live or in a resume. */
  public boolean isSent(long offset) {
    return spans.stream().anyMatch(span -> span.contains(offset));
  }

  /** Whether the user can look up the message at that offset. */
  public boolean sees(long offset) {
    return visible().stream().anyMatch(span -> span.contains(offset));
  }

  /** The ranges of offsets that the user can look up, in their order. */
  public List<Span> visible() {
    return history ? List.of(new Span(0, spans.getLast().left())) : spans;
  }

  /** The offset above which a message of another counts as unread. */
  public long unreadAbove() {
    return Math.max(upTo, spans.getLast().join());
  }

  /** The memberships of a user in a topic that was disbanded at an offset. */
  static List<Span> endedAt(long offset, List<Span> spans) {
    List<Span> ended = new ArrayList<>();
    for (Span span : spans) {
      if (span.join() <= offset) {
        ended.add(new Span(span.join(), Math.min(span.left(), offset)));
      }
    }
    return ended;
  }
}
