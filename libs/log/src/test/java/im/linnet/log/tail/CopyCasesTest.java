package im.linnet.log.tail;

import static im.linnet.log.tail.TailRecords.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.schemas.LogRecord;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.TopicCatalogue;
import im.linnet.schemas.event.Decoded;
import im.linnet.schemas.event.LogEvent;
import im.linnet.testkit.CopyCases;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Second copies, as a tail leaves them out, wherever it begins and however small its rings are. */
@ParameterizedClass
@EnumSource(names = {"P2P", "MUTUAL", "TOPIC"})
class CopyCasesTest {
  private static final int ROOMY = 1 << 20;

  /** Room for two or three records, so almost none is at hand when its copy comes. */
  private static final int TINY = 1_500;

  private final StreamPartition place;
  private final List<CopyCases.Entry> cases;

  CopyCasesTest(Stream stream) {
    place = new StreamPartition(stream, 0);
    cases = CopyCases.of(stream, 0, "bb", "dd");
  }

  @Test
  void aTailThatReadsAll() {
    assertThat(tailed(0, ROOMY)).isEqualTo(expected(0));
  }

  @Test
  void aTailWhoseRingHasForgottenWhatStoodThere() {
    assertThat(tailed(0, TINY)).isEqualTo(expected(0));
  }

  @Test
  void aTailThatBeginsAnywhereAndReadsThirtySecondsFurtherBack() {
    for (int start = 1; start < cases.size(); start++) {
      assertThat(tailed(start, ROOMY)).as("from %s", start).isEqualTo(expected(start));
      assertThat(tailed(start, TINY)).as("from %s, tiny", start).isEqualTo(expected(start));
    }
  }

  private List<String> expected(int start) {
    return cases.stream()
        .filter(each -> each.counts() && each.record().offset() >= start)
        .map(each -> named(each.record().offset()))
        .toList();
  }

  private List<String> tailed(int start, int ringBytes) {
    TailState tail =
        new TailState(
            new TopicCatalogue(1, 1, 1),
            new TailSettings(ringBytes, Duration.ZERO, 1 << 24, Duration.ofSeconds(1)),
            new Random(1),
            () -> 0,
            new TailMeters(new SimpleMeterRegistry()));
    int from = firstNotOlder(cases.get(start).record().timestamp() - DuplicateFilter.SPAN_MILLIS);
    tail.retain(0);
    tail.takeWanted();
    tail.begin(place, from, start, start);
    List<Long> taken = new ArrayList<>();
    Taker taker = new Taker(taken);
    tail.subscribe(place, bytes("bb"), taker);
    tail.subscribe(place, bytes("dd"), taker);
    for (CopyCases.Entry each : cases.subList(from, cases.size())) {
      tail.ingest(place, each.record());
    }
    return taken.stream().map(this::named).toList();
  }

  /** Where Kafka finds the first record that is not older than that time. */
  private int firstNotOlder(long time) {
    int from = 0;
    while (cases.get(from).record().timestamp() < time) {
      from++;
    }
    return from;
  }

  private String named(long offset) {
    return offset + ": " + cases.get((int) offset).name();
  }

  private record Taker(List<Long> taken) implements RecordSink {
    @Override
    public void take(Decoded.Valid<? extends LogEvent> record) {
      LogRecord one = record.record();
      taken.add(one.offset());
    }

    @Override
    public void interrupted(StreamPartition partition) {
      throw new AssertionError("interrupted");
    }
  }
}
