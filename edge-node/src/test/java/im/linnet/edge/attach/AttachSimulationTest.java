package im.linnet.edge.attach;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One edge against a log, a view that lags, and clients that come and go, all in one thread in an
 * order that the seed decides. Whatever happens: a client gets each record that counts once, in
 * order, and {@code synced} behind all that it covers.
 */
class AttachSimulationTest {
  private static final int SEEDS_PER_GROUP = 40;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void eachRecordOnceInOrderAndSyncedBehindIt(int group) {
    int live = 0;
    Map<String, Long> reached = new HashMap<>();
    for (int i = 0; i < SEEDS_PER_GROUP; i++) {
      long seed = group * 1_000L + i;
      SimEdge edge = SimEdge.ofSeed(seed);
      try {
        edge.run(600);
        edge.settle();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
      live += (int) edge.counted("attach.live");
      reached.merge("store", edge.counted("attach.store.rounds"), Long::sum);
      reached.merge("scans", edge.counted("attach.log.passes"), Long::sum);
      reached.merge("resets", edge.counted("attach.resets"), Long::sum);
      reached.merge("evicted", edge.counted("tail.evicted"), Long::sum);
      reached.merge("duplicates", edge.counted("tail.duplicates"), Long::sum);
    }
    assertThat(live).isGreaterThanOrEqualTo(SEEDS_PER_GROUP * 5);
    // The simulation is worth something only if it gets into every corner.
    assertThat(reached.values()).as("%s", reached).allMatch(count -> count >= 20);
  }

  /** The view lags by nothing, by about what the rings hold, and by all there is. */
  @ParameterizedTest
  @ValueSource(longs = {0, 40, 80, 100, 120, Long.MAX_VALUE})
  void fullRingsThatGoOnAreReachedWhereverTheViewIs(long lag) {
    long scans = 0;
    long evicted = 0;
    for (long seed = 0; seed < 10; seed++) {
      SimEdge edge = SimEdge.withSmallRings(seed);
      try {
        for (int i = 0; i < 3; i++) {
          edge.comeBackUnderLoad(lag);
        }
        edge.settle();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
      scans += edge.counted("attach.log.passes");
      evicted += edge.counted("tail.evicted");
    }
    assertThat(evicted).isGreaterThan(5_000);
    assertThat(scans > 0).as("%d passes", scans).isEqualTo(lag > 0);
  }
}
