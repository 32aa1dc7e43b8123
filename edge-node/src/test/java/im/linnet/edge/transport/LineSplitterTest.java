package im.linnet.edge.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineSplitterTest {
  private static final int LIMIT = 40;

  private final List<String> lines = new ArrayList<>();
  private final LineSplitter splitter = new LineSplitter(LIMIT);

  private boolean take(byte[] bytes, int from, int to) {
    lines.add(new String(bytes, from, to - from, StandardCharsets.UTF_8));
    return true;
  }

  private boolean feed(String text) {
    return splitter.feed(text.getBytes(StandardCharsets.UTF_8), this::take);
  }

  @Test
  void givesTheSameLinesHoweverTheStreamIsSplit() {
    for (int seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      List<String> sent = new ArrayList<>();
      StringBuilder stream = new StringBuilder();
      for (int i = 0; i < 30; i++) {
        String line = "é".repeat(random.nextInt(LIMIT / 2 + 1));
        stream.append(line).append(random.nextBoolean() ? "\r\n" : "\n");
        if (!line.isEmpty()) {
          sent.add(line);
        }
      }
      byte[] bytes = stream.toString().getBytes(StandardCharsets.UTF_8);
      List<String> got = new ArrayList<>();
      LineSplitter each = new LineSplitter(LIMIT);
      int from = 0;
      while (from < bytes.length) {
        int to = Math.min(bytes.length, from + 1 + random.nextInt(25));
        boolean fits =
            each.feed(
                Arrays.copyOfRange(bytes, from, to),
                (line, start, end) ->
                    got.add(new String(line, start, end - start, StandardCharsets.UTF_8)));
        assertThat(fits).as("seed %d", seed).isTrue();
        from = to;
      }
      assertThat(got).as("seed %d", seed).isEqualTo(sent);
    }
  }

  @Test
  void takesALineOfExactlyTheLimit() {
    assertThat(feed("x".repeat(LIMIT) + "\r\n" + "y".repeat(LIMIT) + "\n")).isTrue();
    assertThat(feed("z".repeat(LIMIT))).isTrue();
    assertThat(feed("\n")).isTrue();
    assertThat(lines).hasSize(3).allMatch(line -> line.length() == LIMIT);
  }

  @Test
  void refusesALongerLineWholeOrGathered() {
    assertThat(feed("x".repeat(LIMIT + 1) + "\n")).isFalse();
    LineSplitter other = new LineSplitter(LIMIT);
    assertThat(other.feed("x".repeat(LIMIT).getBytes(StandardCharsets.UTF_8), this::take)).isTrue();
    assertThat(other.feed("xx".getBytes(StandardCharsets.UTF_8), this::take)).isFalse();
    assertThat(lines).isEmpty();
  }

  @Test
  void refusesALineOverTheLimitThatEndsInNoReturn() {
    assertThat(feed("x".repeat(LIMIT))).isTrue();
    assertThat(feed("x\n")).isFalse();
  }

  @Test
  void stopsWhereTheSinkHasEnough() {
    assertThat(
            splitter.feed(
                "a\nb\nc\n".getBytes(StandardCharsets.UTF_8),
                (bytes, from, to) -> {
                  take(bytes, from, to);
                  return false;
                }))
        .isTrue();
    assertThat(lines).containsExactly("a");
  }

  @Test
  void flushEndsTheLastLineOfAMessage() {
    feed("a\nb");
    assertThat(splitter.flush(this::take)).isTrue();
    assertThat(splitter.flush(this::take)).isTrue();
    assertThat(lines).containsExactly("a", "b");
  }
}
