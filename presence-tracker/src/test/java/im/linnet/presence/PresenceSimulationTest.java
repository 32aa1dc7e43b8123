package im.linnet.presence;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.schemas.event.PresenceState;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Edges and trackers crash, pause, restart and lose transactions, by a seed, in simulated time.
 * Safety is looked at after every commit, and everybody must be right as soon after the last fault
 * as is promised: the heartbeat time-out plus 2 s, here of a Kafka that takes no time.
 */
class PresenceSimulationTest {
  private static final long STEP_MILLIS = 100;
  private static final int STEPS = 3_000;
  private static final long QUIET_MILLIS = 7_000;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233})
  void everybodyIsRightInTheEnd(long seed) {
    SimulatedWorld world = new SimulatedWorld(seed);
    for (int step = 0; step < STEPS; step++) {
      world.disturb();
      world.advance(STEP_MILLIS);
    }
    world.calm();
    for (long t = 0; t < QUIET_MILLIS; t += STEP_MILLIS) {
      world.advance(STEP_MILLIS);
    }
    assertThat(world.opened()).as("the run did something").isGreaterThan(300);
    assertThat(world.endedEpochs()).as("epochs ended in the run").isGreaterThan(3);
    for (String user : world.users()) {
      Set<String> published = new TreeSet<>();
      PresenceState state = world.published(user);
      state.sessions().forEach(session -> published.add(session.session()));
      assertThat(published).as("sessions of %s, seed %d", user, seed).isEqualTo(world.truth(user));
    }
    assertThat(world.innocentlyEnded()).as("live edges whose epoch was ended").isZero();
  }
}
