package im.linnet.presence;

import static im.linnet.presence.Beats.beat;
import static im.linnet.presence.Beats.named;
import static im.linnet.presence.Beats.over;
import static im.linnet.presence.Beats.readToEnd;
import static im.linnet.presence.Beats.stopped;
import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.schemas.event.EdgeEvent.Ended;
import org.junit.jupiter.api.Test;

class EdgeRosterTest {
  private final EdgeRoster roster = new EdgeRoster(PresenceConfig.DEFAULT);

  /** Contact each 500 ms, as the follower keeps it; returns the last time of contact. */
  private long contact(long from, long to) {
    for (long t = from; t <= to; t += 500) {
      roster.see(readToEnd(t), t);
    }
    return to;
  }

  @Test
  void beatMakesTheEdgeLive() {
    roster.see(beat("e1", 7), 0);
    assertThat(roster.liveAddresses()).containsExactly("e1:9000");
    assertThat(roster.isEnded("e1", 7)).isFalse();
    assertThat(roster.isEnded("e1", 6)).isTrue();
  }

  @Test
  void beatOfAHigherEpochEndsTheLowerOnes() {
    roster.see(beat("e1", 7), 0);
    roster.see(beat("e1", 9), 10);
    assertThat(roster.isEnded("e1", 7)).isTrue();
    assertThat(roster.isEnded("e1", 8)).isTrue();
    assertThat(roster.isEnded("e1", 9)).isFalse();
  }

  @Test
  void beatOfAnEndedEpochIsVoid() {
    roster.see(beat("e1", 7), 0);
    roster.see(over("e1", 7), 10);
    roster.see(beat("e1", 7), 20);
    assertThat(roster.isEnded("e1", 7)).isTrue();
    assertThat(roster.liveAddresses()).isEmpty();
  }

  @Test
  void beatOfAnEndedEpochIsToldSoAgain() {
    roster.see(beat("e1", 7), 0);
    roster.see(over("e1", 7), 10);
    roster.see(readToEnd(20), 20);
    roster.see(beat("e1", 7), 30);
    roster.see(beat("e1", 7), 40);
    assertThat(roster.takeProposals()).containsExactly(new Ended("e1", 7));
  }

  @Test
  void silenceProposesTheEndOnce() {
    roster.see(beat("e1", 7), 0);
    contact(0, 4_500);
    assertThat(roster.takeProposals()).isEmpty();
    contact(5_000, 6_500);
    assertThat(roster.takeProposals()).containsExactly(new Ended("e1", 7));
    assertThat(roster.isEnded("e1", 7)).as("only the log ends an epoch").isFalse();
  }

  @Test
  void silenceProposesAgainWhereTheEndDidNotReachTheLog() {
    roster.see(beat("e1", 7), 0);
    contact(0, 5_000);
    assertThat(roster.takeProposals()).hasSize(1);
    contact(5_500, 7_000);
    assertThat(roster.takeProposals()).containsExactly(new Ended("e1", 7));
  }

  @Test
  void silenceWithoutContactDoesNotCount() {
    roster.see(beat("e1", 7), 0);
    contact(0, 1_000);
    roster.see(readToEnd(60_000), 60_000);
    assertThat(roster.takeProposals()).as("the tracker was paused, not the edge").isEmpty();
    contact(60_500, 64_500);
    assertThat(roster.takeProposals()).isEmpty();
    contact(65_000, 65_000);
    assertThat(roster.takeProposals()).containsExactly(new Ended("e1", 7));
  }

  @Test
  void freshStartGrantsAFullTimeOut() {
    // The clock of a process counts from anywhere.
    roster.see(beat("e1", 7), -1_000_000);
    roster.see(readToEnd(1_000_000), 1_000_000);
    assertThat(roster.takeProposals()).isEmpty();
  }

  @Test
  void timePassingWithoutReadingToTheEndEndsNothing() {
    contact(0, 0);
    roster.see(beat("e1", 7), 0);
    roster.see(beat("e2", 3), 50_000);
    assertThat(roster.takeProposals()).isEmpty();
  }

  @Test
  void tombstoneEndsTheEpochOfTheLastBeat() {
    roster.see(beat("e1", 7), 0);
    roster.see(stopped("e1"), 10);
    assertThat(roster.isEnded("e1", 7)).isTrue();
    assertThat(roster.isEnded("e1", 8)).isFalse();
    assertThat(roster.liveAddresses()).isEmpty();
  }

  @Test
  void tombstoneLeavesAnAwaitedEpochAlone() {
    roster.see(beat("e1", 7), 0);
    roster.see(named("e1", 9), 5);
    roster.see(stopped("e1"), 10);
    assertThat(roster.isEnded("e1", 9)).as("a session of the next start came first").isFalse();
  }

  @Test
  void tombstoneOfAnUnknownEdgeEndsNothing() {
    roster.see(stopped("e1"), 0);
    assertThat(roster.isEnded("e1", 0)).isFalse();
  }

  @Test
  void edgeThatOnlySessionsNameIsAwaitedForTheTimeOut() {
    contact(0, 1_000);
    roster.see(named("gone", 4), 1_000);
    contact(1_500, 5_500);
    assertThat(roster.takeProposals()).isEmpty();
    contact(6_000, 6_000);
    assertThat(roster.takeProposals()).containsExactly(new Ended("gone", 4));
  }

  @Test
  void awaitedEpochComes() {
    contact(0, 0);
    roster.see(named("e1", 4), 0);
    roster.see(beat("e1", 4), 100);
    contact(500, 5_000);
    assertThat(roster.takeProposals()).isEmpty();
    assertThat(roster.isEnded("e1", 4)).isFalse();
  }

  @Test
  void endedEdgeComesBackWithAHigherEpoch() {
    roster.see(beat("e1", 7), 0);
    roster.see(over("e1", 7), 10);
    roster.see(beat("e1", 8), 20);
    assertThat(roster.liveAddresses()).containsExactly("e1:9000");
    assertThat(roster.isEnded("e1", 8)).isFalse();
  }
}
