package im.linnet.edge.op;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.records.RecordPlanner;
import im.linnet.records.RecordWriter;
import im.linnet.schemas.EventHeaders;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.event.Decoded;
import im.linnet.schemas.event.InboxEventCodec;
import im.linnet.schemas.event.MessageEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages of a conversation in which something arrives between two of them. */
class HistoryPagesTest {
  private static final String LARGE = "x".repeat(30_000);
  private static final EventHeaders NO_HEADERS = new EventHeaders(null, null, null, null, null);

  private final OpWorld world = new OpWorld();
  private int messages;

  private void stored(String from, String to, String content) {
    int number = messages++;
    MessageEvent message = new MessageEvent(Stream.P2P, "u" + number, from, to, "text", content);
    int partition = to.equals("aa") ? 0 : 1;
    byte[] key = to.getBytes(StandardCharsets.UTF_8);
    byte[] value = InboxEventCodec.encode(message);
    LogRecord record =
        new LogRecord(
            Stream.P2P.topic(), partition, number, 1_000 + number, key, value, NO_HEADERS);
    ((RecordWriter) world.store)
        .apply(
            RecordPlanner.plan(
                List.of(new Decoded.Valid<>(record, to, message)),
                Map.of(new StreamPartition(Stream.P2P, partition), number + 1L)));
  }

  private String page(String more) {
    return world.ask(
        "{\"id\":\"1\",\"op\":\"history\",\"kind\":\"p2p\",\"peer\":\"bb\",\"limit\":200%s}"
            .formatted(more));
  }

  private String pageBehind(String reply) {
    return page(
        Pattern.compile("\"next\":\"[^\"]+\"")
            .matcher(reply)
            .results()
            .map(found -> "," + found.group().replace("next", "before"))
            .findFirst()
            .orElseThrow());
  }

  private static List<String> uuids(String reply) {
    return Pattern.compile("\"uuid\":\"(u\\d+)\"")
        .matcher(reply)
        .results()
        .map((MatchResult found) -> found.group(1))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({"aa, bb", "bb, aa"})
  void whatArrivesBehindAPageOfOneDirectionIsInNoOlderPage(String from, String to) {
    stored(to, from, "0");
    stored(from, to, LARGE);
    stored(from, to, LARGE);
    String first = page("");
    assertThat(uuids(first)).containsExactly("u2", "u1", "u0");
    stored(from, to, LARGE);
    first = page("");
    assertThat(uuids(first)).containsExactly("u3", "u2");

    stored(to, from, "new");
    stored(from, to, "new too");

    String second = pageBehind(first);
    assertThat(uuids(second)).containsExactly("u1", "u0");
    assertThat(second).doesNotContain("next");
  }

  @Test
  void aPageOfManySmallMessagesEndsAt64KiBToo() {
    for (int i = 0; i < 200; i++) {
      stored("bb", "aa", "x".repeat(300));
    }
    String first = page("");
    assertThat(first.length()).isBetween(50_000, PageText.MOST_BYTES);
    assertThat(uuids(first)).startsWith("u199");
    String second = pageBehind(first);
    assertThat(uuids(first).size() + uuids(second).size()).isEqualTo(200);
    assertThat(uuids(second)).endsWith("u0");
  }
}
