package im.linnet.log.tail;

import static im.linnet.log.tail.TailRecords.NOW;
import static im.linnet.log.tail.TailRecords.message;
import static im.linnet.log.tail.TailRecords.record;
import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.schemas.LogRecord;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.TopicCatalogue;
import im.linnet.schemas.event.LogEvent;
import im.linnet.schemas.event.RecordDecoder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.AbstractCollection;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class RingBudgetTest {
  private static final int PARTITIONS = 1_000;
  private static final long MOST = 2L << 20;

  private final TailMeters meters = new TailMeters(new SimpleMeterRegistry());
  private final RingBudget budget = new RingBudget(MOST, meters);
  private final List<TailPartition> partitions = new ArrayList<>();
  private int looks;

  /** Counts at how many partitions somebody looks. */
  private final class Counted extends AbstractCollection<TailPartition> {
    @Override
    public Iterator<TailPartition> iterator() {
      Iterator<TailPartition> each = partitions.iterator();
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return each.hasNext();
        }

        @Override
        public TailPartition next() {
          looks++;
          return each.next();
        }
      };
    }

    @Override
    public int size() {
      return partitions.size();
    }
  }

  @Test
  void aFullRingLooksAtFewPartitionsForEachRecord() {
    RecordDecoder<? extends LogEvent> decoder =
        RecordDecoder.ofStreams(new TopicCatalogue(1, 1, 1));
    for (int i = 0; i < PARTITIONS; i++) {
      TailPartition partition =
          new TailPartition(
              new StreamPartition(Stream.P2P, i),
              new RecordFilter(decoder, new DuplicateFilter(new SipHash(1, 2))));
      partition.asked();
      partition.warm(0, 0, 0);
      partitions.add(partition);
    }
    int records = 20_000;
    for (int i = 0; i < records; i++) {
      Ring ring = partitions.get(i % PARTITIONS).ring();
      LogRecord record = record(i, NOW + i, message("aa", "bb", "u" + i));
      ring.append(1, record);
      budget.add(Ring.cost(record));
      budget.enforce(new Counted());
      assertThat(meters.ringBytes.get()).isLessThanOrEqualTo(MOST);
    }
    assertThat(meters.ringBytes.get()).isGreaterThan(MOST * 9 / 10);
    assertThat(meters.evicted.count()).isGreaterThan(records / 2);
    assertThat(looks / records).as("partitions looked at per record").isLessThan(50);
  }
}
