package im.linnet.edge.attach;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NewestRecordsTest {
  private int lookUps;

  /** A source with records at these offsets, between two bounds. */
  private StoreSource source(long above, long below, NavigableSet<Long> offsets) {
    return new StoreSource(
        above,
        below,
        false,
        0,
        (from, to, limit) -> {
          throw new UnsupportedOperationException();
        },
        (from, to, most) -> {
          lookUps++;
          List<Long> newest =
              new ArrayList<>(offsets.subSet(from, false, to, false).descendingSet());
          return newest.size() > most ? newest.get(most) : from;
        });
  }

  private StoreSource source(long... offsets) {
    return source(-1, 1_000, new TreeSet<>(LongStream.of(offsets).boxed().toList()));
  }

  @Test
  void theBoundIsThatOfAllSourcesTogether() {
    List<StoreSource> sources = List.of(source(1, 4, 5, 9), source(2, 3, 8), source(6, 7));
    assertThat(NewestRecords.floor(sources, 9)).isEqualTo(-1);
    assertThat(NewestRecords.floor(sources, 8)).isEqualTo(1);
    assertThat(NewestRecords.floor(sources, 3)).isEqualTo(6);
    assertThat(NewestRecords.floor(sources, 1)).isEqualTo(8);
    assertThat(NewestRecords.floor(sources, 0)).isEqualTo(9);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void itIsThatOfAnyMixtureOfSources(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      int count = 1 + random.nextInt(6);
      List<StoreSource> sources = new ArrayList<>();
      List<NavigableSet<Long>> records = new ArrayList<>();
      NavigableSet<Long> all = new TreeSet<>();
      for (int i = 0; i < count; i++) {
        records.add(new TreeSet<>());
      }
      for (long offset = 0; offset < random.nextInt(300); offset++) {
        // Some sources have many more records than others.
        int which = Math.min(random.nextInt(count), random.nextInt(count));
        records.get(which).add(offset);
      }
      for (NavigableSet<Long> each : records) {
        long above = random.nextInt(60) - 1;
        long below = 200 + random.nextInt(200);
        sources.add(source(above, below, each));
        all.addAll(each.subSet(above, false, below, false));
      }
      int most = random.nextInt(200);
      List<Long> newest = new ArrayList<>(all.descendingSet());
      assertThat(NewestRecords.floor(sources, most))
          .as("seed %d, round %d", seed, round)
          .isEqualTo(newest.size() > most ? newest.get(most) : -1);
    }
  }

  @Test
  void fewLookUpsFindThemAmongMany() {
    List<StoreSource> sources = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      int which = i;
      sources.add(
          source(
              -1,
              1_000_000,
              new TreeSet<>(LongStream.range(0, 2_000).map(n -> n * 20 + which).boxed().toList())));
    }
    assertThat(NewestRecords.floor(sources, 20_000)).isEqualTo(19_999);
    assertThat(lookUps).isLessThan(500);
    lookUps = 0;
    assertThat(NewestRecords.floor(sources.subList(0, 5), 20_000)).isEqualTo(-1);
    assertThat(lookUps).as("one for each").isEqualTo(5);
  }
}
