package im.linnet.persister.apply;

import static im.linnet.persister.apply.Entries.message;
import static im.linnet.persister.apply.Entries.poison;
import static im.linnet.persister.apply.Entries.record;
import static im.linnet.persister.apply.Entries.stale;
import static im.linnet.persister.apply.Entries.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.linnet.log.LogPartition;
import im.linnet.log.LogUnavailableException;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.Stream;
import im.linnet.schemas.Topic;
import im.linnet.schemas.event.Decoded;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class LogJudgeTest {
  @Test
  void sortsABatchAndKeepsItsOrder() {
    Judgement judgement =
        Entries.judge()
            .judge(
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
  void aTypeThatTheTopicStreamDoesNotHoldIsANewerVersions() {
    Judgement judgement =
        Entries.judge()
            .judge(
                List.of(
                    ofTopic("promoted", "{\"op\":\"topic\",\"event\":\"promoted\"}", 4),
                    ofTopic("sent", "{\"op\":\"message\",\"kind\":\"topic\"}", 5)));
    assertThat(judgement.unknown())
        .extracting(Decoded.Unknown::type)
        .containsExactly("promoted", "sent");
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
                Entries.judge()
                    .judge(
                        List.of(
                            record(
                                Topic.SESSION, "aa", "opened", utf8("{}"), 0, 0, Entries.TIME))));
  }

  private static LogRecord copy(long offset, long later) {
    long time = Entries.TIME + later;
    return record(message("aa", "bb", 1), 0, offset, time, time);
  }

  private static List<Long> valid(Judgement judgement) {
    return judgement.valid().stream().map(valid -> valid.record().offset()).toList();
  }

  @Test
  void secondCopiesAreLeftOutAndCounted() {
    LogJudge judge = Entries.judge();
    Judgement first = judge.judge(List.of(copy(0, 0), copy(1, 29_000)));
    assertThat(valid(first)).containsExactly(0L);
    assertThat(first.duplicates()).isEqualTo(1);
    assertThat(valid(judge.judge(List.of(copy(2, 58_000), copy(3, 88_001))))).containsExactly(3L);
  }

  @Test
  void aBatchThatComesAgainIsJudgedAsBefore() {
    LogJudge judge = Entries.judge();
    List<LogRecord> batch = List.of(copy(0, 0), copy(1, 1_000), poison(0, 2), copy(3, 40_000));
    for (int i = 0; i < 3; i++) {
      Judgement judgement = judge.judge(batch);
      assertThat(valid(judgement)).containsExactly(0L, 3L);
      assertThat(judgement.duplicates()).isEqualTo(1);
      assertThat(judgement.malformed()).hasSize(1);
    }
    assertThat(valid(judge.judge(List.of(copy(4, 41_000))))).isEmpty();
  }

  /** What stands in the log, and how often somebody looked back in it. */
  private static final class Before implements LogJudge.Earlier {
    private final List<LogRecord> records;
    private final List<LogRecord> asked = new ArrayList<>();
    private boolean away;

    Before(LogRecord... records) {
      this.records = List.of(records);
    }

    @Override
    public void read(Collection<LogRecord> firsts, Consumer<LogRecord> each) {
      if (away) {
        throw new LogUnavailableException("away", new IllegalStateException("away"));
      }
      asked.addAll(firsts);
      records.forEach(each);
    }
  }

  @Test
  void aPartitionThatIsMetInTheMiddleIsLookedBackInOnce() {
    Before before = new Before(copy(7, 0), stale(message("aa", "bb", 2), 0, 8));
    LogJudge judge = new LogJudge(Entries.DECODER, before);
    assertThat(valid(judge.judge(List.of(copy(9, 10_000), record(message("aa", "bb", 2), 0, 10)))))
        .containsExactly(10L);
    judge.judge(List.of(copy(11, 12_000)));
    assertThat(before.asked).extracting(LogRecord::offset).containsExactly(9L);

    judge.forget(Set.of(new LogPartition(Stream.P2P.topic(), 0)));
    assertThat(valid(judge.judge(List.of(copy(9, 10_000))))).isEmpty();
    assertThat(before.asked).hasSize(2);
  }

  @Test
  void whatIsMalformedBeforeABatchDoesNotStandThere() {
    LogRecord good = copy(7, 0);
    LogRecord broken =
        new LogRecord(good.topic(), 0, 7, good.timestamp(), good.key(), utf8("[]"), good.headers());
    LogJudge judge = new LogJudge(Entries.DECODER, new Before(broken));
    assertThat(valid(judge.judge(List.of(copy(9, 10_000))))).containsExactly(9L);
  }

  @Test
  void whereTheLogBeginsNobodyLooksBack() {
    Before before = new Before();
    new LogJudge(Entries.DECODER, before).judge(List.of(copy(0, 0)));
    assertThat(before.asked).isEmpty();
  }

  @Test
  void aLookBackThatFailedIsTriedAgain() {
    Before before = new Before(copy(7, 0));
    before.away = true;
    LogJudge judge = new LogJudge(Entries.DECODER, before);
    List<LogRecord> batch = List.of(copy(9, 10_000));
    assertThatThrownBy(() -> judge.judge(batch)).isInstanceOf(LogUnavailableException.class);
    before.away = false;
    assertThat(valid(judge.judge(batch))).isEmpty();
  }
}
