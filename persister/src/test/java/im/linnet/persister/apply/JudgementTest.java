package im.linnet.persister.apply;

import static im.linnet.persister.apply.Entries.message;
import static im.linnet.persister.apply.Entries.poison;
import static im.linnet.persister.apply.Entries.record;
import static im.linnet.persister.apply.Entries.stale;
import static im.linnet.persister.apply.Entries.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import im.linnet.schemas.Topic;
import im.linnet.schemas.event.Decoded;
import java.util.List;
import org.junit.jupiter.api.Test;

class JudgementTest {
  @Test
  void sortsABatchAndKeepsItsOrder() {
    Judgement judgement =
        Judgement.of(
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
  void recordOfTheTopicStreamIsDeadLettered() {
    Judgement judgement =
        Judgement.of(
            List.of(
                record(
                    Topic.TOPIC,
                    "room",
                    "created",
                    utf8("{\"op\":\"topic\"}"),
                    0,
                    4,
                    Entries.TIME)));
    assertThat(judgement.malformed())
        .extracting(Decoded.Malformed::reason)
        .containsExactly("ce_type: 'created' is unknown");
  }

  @Test
  void recordOfNoStreamIsAMistakeOfOurs() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Judgement.of(
                    List.of(
                        record(Topic.SESSION, "aa", "opened", utf8("{}"), 0, 0, Entries.TIME))));
  }
}
