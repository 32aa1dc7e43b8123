package im.linnet.edge.session;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.log.tail.ViewDistance;
import org.junit.jupiter.api.Test;

class ReadPaceTest {
  private static final long LOOK = 100;

  private final ReadPace pace = new ReadPace(1_000);
  private long now;

  /** Looks at a view that goes on, and lacks so much. */
  private void look(long lagMillis) {
    now += LOOK;
    pace.look(new ViewDistance(9, now, now, now + lagMillis), now);
  }

  @Test
  void aViewThatFollowsNeedsNoPause() {
    for (int i = 0; i < 100; i++) {
      look(1_000);
      assertThat(pace.getAsLong()).isZero();
    }
  }

  @Test
  void thePauseGrowsWhileTheViewIsLateUpToABoundAndFallsToNothingAfterwards() {
    look(1_001);
    assertThat(pace.getAsLong()).isEqualTo(ReadPace.FIRST_MILLIS);
    look(1_500);
    assertThat(pace.getAsLong()).isEqualTo(5);
    for (int i = 0; i < 100; i++) {
      look(9_000);
    }
    assertThat(pace.getAsLong()).isEqualTo(ReadPace.LONGEST_MILLIS);
    look(900);
    assertThat(pace.getAsLong()).isEqualTo(400);
    for (int i = 0; i < 40; i++) {
      now += LOOK;
      pace.look(new ViewDistance(0, 1, Long.MAX_VALUE, now), now);
    }
    assertThat(pace.getAsLong()).isZero();
  }

  @Test
  void chatGoesOnAtFullSpeedWithoutAPersister() {
    for (int i = 0; i < 50; i++) {
      look(5_000);
    }
    long applied = now;
    for (long still = 0; still < ReadPace.STILL_MILLIS; still += LOOK) {
      assertThat(pace.getAsLong()).isPositive();
      now += LOOK;
      // A full ring forgets the oldest record that the view lacks.
      pace.look(new ViewDistance(9, applied, now - 5_000, now), now);
    }
    assertThat(pace.getAsLong()).isZero();
    look(60_000);
    assertThat(pace.getAsLong()).as("it is back, and late").isPositive();
  }

  @Test
  void aBoundOfNothingMeansNoPause() {
    ReadPace never = new ReadPace(0);
    never.look(new ViewDistance(9, 1, 0, 90_000), 100);
    assertThat(never.getAsLong()).isZero();
  }
}
