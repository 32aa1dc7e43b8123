package im.linnet.persister.apply;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.log.tail.RecordFilter;
import im.linnet.records.memory.InMemoryRecordStore;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.event.Decoded;
import im.linnet.testkit.CopyCases;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Second copies, as the applier leaves them out, wherever it begins, and the view in memory. */
@ParameterizedClass
@EnumSource(names = {"P2P", "MUTUAL", "TOPIC"})
class CopyCasesTest {
  private static final int PAGE = 1_000;

  private final Stream stream;
  private final List<CopyCases.Entry> cases;
  private final List<LogRecord> records;

  CopyCasesTest(Stream stream) {
    this.stream = stream;
    cases = CopyCases.of(stream, 0, "bb", "dd");
    records = cases.stream().map(CopyCases.Entry::record).toList();
  }

  @Test
  void anApplierThatTakesAllAtOnce() {
    assertThat(valid(judge().judge(records))).isEqualTo(expected(0));
  }

  @Test
  void anApplierThatTakesThemOneByOne() {
    assertThat(oneByOne(0)).isEqualTo(expected(0));
  }

  @Test
  void anApplierThatBeginsAnywhereAndLooksThirtySecondsFurtherBack() {
    for (int start = 1; start < cases.size(); start++) {
      assertThat(oneByOne(start)).as("from %s", start).isEqualTo(expected(start));
      assertThat(valid(judge().judge(records.subList(start, records.size()))))
          .as("from %s at once", start)
          .isEqualTo(expected(start));
    }
  }

  @Test
  void theViewInMemory() throws DeadLetterException {
    InMemoryRecordStore store = new InMemoryRecordStore();
    store.open("log");
    StreamPartition place = new StreamPartition(stream, 0);
    new Applier(
            judge(),
            store,
            (record, reason) -> CompletableFuture.completedFuture(null),
            new ApplyMeters(new SimpleMeterRegistry()))
        .apply(records, Map.of(place, 0L), Map.of(place, (long) records.size()));
    List<Long> shown = new ArrayList<>();
    for (String key : List.of("bb", "dd")) {
      store
          .delivered(stream, key, -1, Long.MAX_VALUE, PAGE)
          .forEach(each -> shown.add(each.offset()));
    }
    assertThat(shown.stream().sorted().map(this::named).toList()).isEqualTo(expected(0));
  }

  private LogJudge judge() {
    return new LogJudge(Entries.DECODER, this::before);
  }

  /** As Kafka finds them: from the first record on that is not older than the span. */
  private void before(Collection<LogRecord> firsts, Consumer<LogRecord> each) {
    for (LogRecord first : firsts) {
      int from = 0;
      while (records.get(from).timestamp() < first.timestamp() - RecordFilter.SPAN_MILLIS) {
        from++;
      }
      for (int i = from; i < first.offset(); i++) {
        each.accept(records.get(i));
      }
    }
  }

  private List<String> oneByOne(int start) {
    LogJudge judge = judge();
    List<String> valid = new ArrayList<>();
    for (LogRecord record : records.subList(start, records.size())) {
      valid.addAll(valid(judge.judge(List.of(record))));
    }
    return valid;
  }

  private List<String> valid(Judgement judgement) {
    return judgement.valid().stream()
        .map(Decoded.Valid::record)
        .map(record -> named(record.offset()))
        .toList();
  }

  private List<String> expected(int start) {
    return cases.stream()
        .filter(each -> each.counts() && each.record().offset() >= start)
        .map(each -> named(each.record().offset()))
        .toList();
  }

  private String named(long offset) {
    return offset + ": " + cases.get((int) offset).name();
  }
}
