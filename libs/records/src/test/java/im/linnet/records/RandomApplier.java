package im.linnet.records;

import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.event.Decoded;
import im.linnet.schemas.event.InboxEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Applies a log as appliers that crash, are paused and take over from each other would: batches of
 * any size over any partitions, repeats of what was applied, plans that got half-way.
 */
final class RandomApplier {
  /** How far a plan may get before a crash, in steps from 0; see {@link RecordStoreContract}. */
  static final int STAGES = 9;

  private final TestLog log;
  private final Random random;
  private final Map<StreamPartition, List<Decoded.Valid<InboxEvent>>> partitions = new TreeMap<>();
  private final Map<StreamPartition, Integer> cursors = new HashMap<>();
  private final List<RecordPlan> applied = new ArrayList<>();

  RandomApplier(long seed, TestLog log) {
    this.log = log;
    random = new Random(seed);
    for (Decoded.Valid<InboxEvent> valid : log.records()) {
      partitions
          .computeIfAbsent(TestLog.position(valid).place(), place -> new ArrayList<>())
          .add(valid);
    }
  }

  /**
   * Applies all of it.
   *
   * @param store the writer
   * @param crash applies the beginning of a plan, as much as the number below {@link #STAGES} says
   */
  void run(RecordWriter store, BiConsumer<RecordPlan, Integer> crash) {
    while (!isDone()) {
      Map<StreamPartition, Integer> before = Map.copyOf(cursors);
      RecordPlan plan = nextPlan();
      int luck = random.nextInt(10);
      if (luck < 2) {
        // Cut down half-way; the batch after the restart is another one.
        crash.accept(plan, random.nextInt(STAGES));
        cursors.clear();
        cursors.putAll(before);
        continue;
      }
      store.apply(plan);
      applied.add(plan);
      if (random.nextInt(4) == 0) {
        store.carryOn();
      }
      if (luck == 2) {
        // A paused process wakes up and applies what it had in hand.
        store.apply(applied.get(random.nextInt(applied.size())));
      } else if (luck == 3) {
        // Another process takes over and goes on from an older position.
        cursors.replaceAll((place, at) -> Math.max(0, at - random.nextInt(30)));
      }
    }
  }

  private boolean isDone() {
    return partitions.entrySet().stream()
        .allMatch(each -> cursors.getOrDefault(each.getKey(), 0) == each.getValue().size());
  }

  private RecordPlan nextPlan() {
    List<Decoded.Valid<InboxEvent>> batch = new ArrayList<>();
    Map<StreamPartition, Long> begins = new HashMap<>();
    partitions.forEach(
        (place, records) -> {
          if (random.nextBoolean()) {
            int from = cursors.getOrDefault(place, 0);
            int to = Math.min(records.size(), from + 1 + random.nextInt(40));
            batch.addAll(records.subList(from, to));
            begins.put(place, from == 0 ? 0 : records.get(from - 1).record().offset() + 1);
            cursors.put(place, to);
          }
        });
    Collections.shuffle(batch, random);
    return log.counted(batch).beginningAt(begins);
  }
}
