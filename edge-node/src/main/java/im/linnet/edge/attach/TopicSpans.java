package im.linnet.edge.attach;

import im.linnet.records.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When a user was in a topic: spans of offsets of the topic's partition, in order. Each begins with
 * the fact that let the user in and ends with the fact that let the user out; the user sees both.
 * Immutable.
 */
record TopicSpans(List<Span> spans) {
  /** A user who never was in the topic. */
  static final TopicSpans NONE = new TopicSpans(List.of());

  TopicSpans {
    spans = List.copyOf(spans);
  }

  /** The span in which the user may see what stands at that offset; null where there is none. */
  @Nullable Span at(long offset) {
    for (Span span : spans) {
      if (span.contains(offset)) {
        return span;
      }
    }
    return null;
  }

  /** Whether the user may see something at or above that offset. */
  boolean lastsTo(long offset) {
    return !spans.isEmpty() && spans.getLast().left() >= offset;
  }

  /** Whether the user is in the topic. */
  boolean open() {
    return !spans.isEmpty() && spans.getLast().isOpen();
  }

  /** After a fact at that offset that let the user in. */
  TopicSpans joined(long at) {
    if (open()) {
      return this;
    }
    List<Span> more = new ArrayList<>(spans);
    more.add(new Span(at, Span.OPEN));
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
        earlier.add(span.left() < below ? span : new Span(span.join(), Span.OPEN));
      }
    }
    return new TopicSpans(earlier);
  }
}
