package im.linnet.edge.attach;

import im.linnet.records.UserTopic;
import java.util.ArrayList;
import java.util.List;

/**
 * When a user was in a topic: spans of offsets of the topic's partition, in order. Each begins with
 * the fact that let the user in and ends with the fact that let the user out; the user sees both.
 * Immutable.
 */
record TopicSpans(List<Span> spans) {
  /** The end of a span that goes on. */
  static final long OPEN = Long.MAX_VALUE;

  /** A user who never was in the topic. */
  static final TopicSpans NONE = new TopicSpans(List.of());

  /**
   * One membership.
   *
   * @param join the offset of the fact that began it
   * @param left the offset of the fact that ended it, {@link #OPEN} while it goes on
   */
  record Span(long join, long left) {}

  /** As the view has them. */
  static TopicSpans of(UserTopic topic) {
    return new TopicSpans(
        topic.spans().stream().map(each -> new Span(each.join(), each.left())).toList());
  }

  TopicSpans {
    spans = List.copyOf(spans);
  }

  /** Whether the user may see what stands at that offset. */
  boolean hold(long offset) {
    for (Span span : spans) {
      if (offset >= span.join() && offset <= span.left()) {
        return true;
      }
    }
    return false;
  }

  /** Whether the user is in the topic. */
  boolean open() {
    return !spans.isEmpty() && spans.getLast().left() == OPEN;
  }

  /** After a fact at that offset that let the user in. */
  TopicSpans joined(long at) {
    if (open()) {
      return this;
    }
    List<Span> more = new ArrayList<>(spans);
    more.add(new Span(at, OPEN));
    return new TopicSpans(more);
  }

  /** After a fact at that offset that let the user out. */
  TopicSpans left(long at) {
    if (!open()) {
      return this;
    }
    List<Span> closed = new ArrayList<>(spans);
    closed.add(new Span(closed.removeLast().join(), at));
    return new TopicSpans(closed);
  }

  /** As they were before the facts at and above that offset. */
  TopicSpans before(long below) {
    List<Span> earlier = new ArrayList<>();
    for (Span span : spans) {
      if (span.join() < below) {
        earlier.add(span.left() < below ? span : new Span(span.join(), OPEN));
      }
    }
    return new TopicSpans(earlier);
  }
}
