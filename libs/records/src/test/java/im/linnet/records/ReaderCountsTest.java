package im.linnet.records;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.event.MessageEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReaderCountsTest {
  private static StoredMessage message(long offset, String from) {
    return new StoredMessage(
        new MessageEvent(Stream.TOPIC, "m" + offset, from, "tea", "text", ""),
        new Position(Stream.TOPIC, 0, offset),
        0,
        false);
  }

  @Test
  void aMemberHasReadWhatItsMarkAndItsSpansCover() {
    ReaderCounts counts =
        new ReaderCounts(
            List.of(message(9, "aa"), message(3, "aa"), message(5, "bb"), message(7, "aa")));
    assertThat(counts.lowest()).isEqualTo(3);
    counts.add("bb", 7, List.of(new Span(0, Span.OPEN)));
    counts.add("cc", 100, List.of(new Span(0, 4), new Span(7, 8)));
    counts.add("dd", 2, List.of(new Span(0, Span.OPEN)));
    counts.add("ee", 100, List.of(new Span(5, 5)));
    assertThat(counts.counts()).isEqualTo(Map.of(3L, 2L, 5L, 1L, 7L, 2L, 9L, 0L));
  }

  @Test
  void ofNoMessagesNothingIsCounted() {
    ReaderCounts counts = new ReaderCounts(List.of());
    counts.add("aa", 5, List.of(new Span(0, Span.OPEN)));
    assertThat(counts.counts()).isEmpty();
  }

  @Test
  void itCountsAsOneByOne() {
    Random random = new Random(7);
    List<StoredMessage> messages = new ArrayList<>();
    for (long offset = 0; offset < 60; offset += 1 + random.nextInt(4)) {
      messages.add(message(offset, "u" + random.nextInt(30)));
    }
    ReaderCounts counts = new ReaderCounts(messages);
    long[] expected = new long[100];
    for (int i = 0; i < 30; i++) {
      String reader = "u" + i;
      long upTo = random.nextInt(70) - 1;
      List<Span> spans = new ArrayList<>();
      long join = random.nextInt(20);
      while (join < 60) {
        long left = random.nextInt(5) == 0 ? Span.OPEN : join + random.nextInt(20);
        spans.add(new Span(join, left));
        join = left == Span.OPEN ? 100 : left + 1 + random.nextInt(10);
      }
      counts.add(reader, upTo, spans);
      for (StoredMessage each : messages) {
        long offset = each.at().offset();
        if (offset <= upTo
            && !each.message().from().equals(reader)
            && spans.stream().anyMatch(span -> span.contains(offset))) {
          expected[(int) offset]++;
        }
      }
    }
    Map<Long, Long> found = counts.counts();
    for (StoredMessage each : messages) {
      assertThat(found.get(each.at().offset()))
          .as("at %d", each.at().offset())
          .isEqualTo(expected[(int) each.at().offset()]);
    }
  }
}
