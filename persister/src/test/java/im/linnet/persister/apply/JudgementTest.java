package im.linnet.persister.apply;

import static im.linnet.persister.apply.Entries.message;
import static im.linnet.persister.apply.Entries.poison;
import static im.linnet.persister.apply.Entries.record;
import static im.linnet.persister.apply.Entries.stale;
import static im.linnet.persister.apply.Entries.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import im.linnet.schemas.LogRecord;
import im.linnet.schemas.Topic;
import im.linnet.schemas.event.Decoded;
import java.util.List;
import org.junit.jupiter.api.Test;

class JudgementTest {
  @Test
  void sortsABatchAndKeepsItsOrder() {
    Judgement judgement =
        Judgement.of(
            Entries.DECODER,
            List.of(
                record(message("aa", "bb", 1), 0, 10),
                poison(0, 11),
                stale(message("aa", "bb", 2), 0, 12),
                record(message("aa", "bb", 3), 0, 13)));
    assertThat(judgement.valid())
        .extracting(valid -> valid.record().offset())
        .containsExactly(10L, 13L);
    assertThat(judgement.malformed())
        .extracting(malformed -> malformed.record().offset())
        .containsExactly(11L);
    assertThat(judgement.stale()).isEqualTo(1);
  }

  @Test
  void recordsOfTheTopicStreamAreANewerVersions() {
    Judgement judgement =
        Judgement.of(
            Entries.DECODER,
            List.of(
                ofTopic("created", "{\"op\":\"topic\"}", 4),
                ofTopic(
                    "message",
                    "{\"op\":\"message\",\"kind\":\"topic\",\"uuid\":\"u\",\"from\":\"aa\","
                        + "\"to\":\"room\",\"type\":\"text\",\"content\":\"Hello\"}",
                    5)));
    assertThat(judgement.unknown())
        .extracting(Decoded.Unknown::type)
        .containsExactly("created", "message");
    assertThat(judgement.valid()).isEmpty();
    assertThat(judgement.malformed()).isEmpty();
  }

  private static LogRecord ofTopic(String type, String value, long offset) {
    return record(Topic.TOPIC, "room", type, utf8(value), 0, offset, Entries.TIME);
  }

  @Test
  void recordOfNoStreamIsAMistakeOfOurs() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Judgement.of(
                    Entries.DECODER,
                    List.of(
                        record(Topic.SESSION, "aa", "opened", utf8("{}"), 0, 0, Entries.TIME))));
  }
}
