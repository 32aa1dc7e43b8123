package im.linnet.presence;

import static im.linnet.presence.Beats.beat;
import static im.linnet.presence.Beats.closed;
import static im.linnet.presence.Beats.opened;
import static im.linnet.presence.Beats.over;
import static im.linnet.presence.Beats.readToEnd;
import static im.linnet.presence.Beats.stopped;
import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.schemas.TopicCatalogue;
import im.linnet.schemas.document.PresenceStatus;
import im.linnet.schemas.event.PresenceState;
import im.linnet.schemas.event.SessionEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PresenceShardTest {
  private final PresenceShard shard = new PresenceShard(PresenceConfig.DEFAULT);

  private void apply(SessionEvent event) {
    shard.apply(0, event, 1_000, 0);
  }

  private List<PresenceState> commit(long time) {
    List<PresenceState> states = shard.decide(time).states();
    shard.committed();
    return states;
  }

  @Test
  void openedIsPublishedOnce() {
    apply(opened("aa", "s1", "phone", "e1", 7));
    assertThat(commit(1_000)).extracting(PresenceState::user).containsExactly("aa");
    assertThat(commit(1_000)).isEmpty();
  }

  @Test
  void openedAndClosedInOneBatchIsOneRecord() {
    apply(opened("aa", "s1", "phone", "e1", 7));
    apply(closed("aa", "s1", "e1"));
    assertThat(commit(1_000))
        .singleElement()
        .satisfies(state -> assertThat(state.status()).isEqualTo(PresenceStatus.OFFLINE));
  }

  @Test
  void tombstoneEndsTheSessionsAtOnce() {
    shard.see(beat("e1", 7), 0);
    apply(opened("aa", "s1", "phone", "e1", 7));
    commit(1_000);
    shard.see(stopped("e1"), 10);
    assertThat(commit(2_000))
        .singleElement()
        .satisfies(
            state -> {
              assertThat(state.sessions()).isEmpty();
              assertThat(state.lastSeen()).isEqualTo(2_000);
            });
  }

  @Test
  void overEndsTheSessionsOfThatEpochAndLowerOnes() {
    apply(opened("aa", "s1", "phone", "e1", 7));
    apply(opened("bb", "s2", "phone", "e1", 8));
    apply(opened("cc", "s3", "phone", "e1", 9));
    apply(opened("dd", "s4", "phone", "e2", 1));
    commit(1_000);
    shard.see(over("e1", 8), 10);
    assertThat(commit(2_000)).extracting(PresenceState::user).containsExactlyInAnyOrder("aa", "bb");
  }

  @Test
  void sessionsOfAnEndedEpochGoInBoundedSteps() {
    PresenceConfig small =
        new PresenceConfig(
            "p",
            TopicCatalogue.EMBEDDED,
            "a:1",
            Duration.ofSeconds(5),
            Duration.ofSeconds(2),
            2,
            1,
            Duration.ofMillis(1));
    PresenceShard bounded = new PresenceShard(small);
    for (int i = 0; i < 5; i++) {
      bounded.apply(0, opened("u" + i, "s" + i, "phone", "e1", 7), 1_000, 0);
    }
    bounded.decide(1_000);
    bounded.committed();
    bounded.see(over("e1", 7), 10);
    List<Integer> ended = new ArrayList<>();
    List<Boolean> more = new ArrayList<>();
    for (int step = 0; step < 4; step++) {
      PresenceShard.Decision decision = bounded.decide(2_000);
      ended.add(decision.states().size());
      more.add(decision.more());
      bounded.committed();
    }
    assertThat(ended).containsExactly(2, 2, 1, 0);
    assertThat(more).as("the next step is due at once").containsExactly(true, true, false, false);
    assertThat(bounded.users().online()).isZero();
  }

  @Test
  void aFailedTransactionChangesNothing() {
    apply(opened("aa", "s1", "phone", "e1", 7));
    shard.decide(1_000);
    shard.aborted();
    assertThat(shard.users().online()).isZero();
    apply(opened("aa", "s1", "phone", "e1", 7));
    assertThat(commit(1_000)).hasSize(1);
    assertThat(shard.users().online()).isEqualTo(1);
  }

  @Test
  void theEndOfAnEpochIsDecidedAgainAfterAFailedTransaction() {
    apply(opened("aa", "s1", "phone", "e1", 7));
    commit(1_000);
    shard.see(over("e1", 7), 10);
    assertThat(shard.decide(2_000).states()).hasSize(1);
    shard.aborted();
    assertThat(shard.users().online()).isEqualTo(1);
    assertThat(commit(3_000)).hasSize(1);
    assertThat(shard.users().online()).isZero();
  }

  @Test
  void restoredSessionOnAnEndedEpochEnds() {
    shard.see(beat("e1", 8), 0);
    shard.see(readToEnd(0), 0);
    PresenceState online =
        UserPresence.after(
            UserPresence.unknown("aa"), opened("aa", "s1", "p", "e1", 7), 500, session -> false);
    shard.restore(3, online, 0);
    assertThat(commit(2_000))
        .singleElement()
        .satisfies(state -> assertThat(state.status()).isEqualTo(PresenceStatus.OFFLINE));
  }

  @Test
  void restoredSessionOnAnEdgeThatNobodyHeardOfIsProposedToEnd() {
    PresenceState online =
        UserPresence.after(
            UserPresence.unknown("aa"), opened("aa", "s1", "p", "lost", 7), 500, session -> false);
    shard.restore(3, online, 0);
    for (long t = 0; t <= 5_000; t += 500) {
      shard.see(readToEnd(t), t);
    }
    assertThat(shard.decide(2_000).ended())
        .singleElement()
        .satisfies(ended -> assertThat(ended.edge()).isEqualTo("lost"));
  }

  /** Whenever between two heartbeats, and between two proofs of contact, the edge dies. */
  @Test
  void sessionsOfADeadEdgeEndWithinWhatIsPromised() {
    for (long death = 10_000; death < 11_000; death += 10) {
      for (long phase = 0; phase < 500; phase += 50) {
        long ended = new DeadEdge(death, phase).endedAt();
        assertThat(ended - death).isBetween(4_000L, 7_000L);
      }
    }
  }

  /**
   * An edge dies and so does the tracker that had its users; the other tracker, which has read of
   * the edge all the while, is given them when the group has noticed, 6 s later.
   */
  @Test
  void sessionsOfADeadEdgeEndAtTheTakeover() {
    for (long death = 10_000; death < 11_000; death += 10) {
      DeadEdge edge = new DeadEdge(death, 0);
      edge.takeOverAt(death + 6_000);
      assertThat(edge.endedAt() - death).isBetween(6_000L, 7_000L);
    }
  }

  /** One tracker with all that it is told each 100 ms, and one edge that dies. */
  private static final class DeadEdge {
    private final PresenceShard shard = new PresenceShard(PresenceConfig.DEFAULT);
    private final long death;
    private final long phase;
    private long takeover;

    DeadEdge(long death, long phase) {
      this.death = death;
      this.phase = phase;
    }

    void takeOverAt(long time) {
      takeover = time;
    }

    /** When the user's end is decided, 20 s after the death at the latest. */
    long endedAt() {
      SessionEvent opened = opened("aa", "s1", "phone", "e1", 7);
      if (takeover == 0) {
        shard.apply(0, opened, 0, 0);
      }
      for (long now = 0; now < death + 20_000; now += 100) {
        if (now % 1_000 == 0 && now <= death) {
          shard.see(beat("e1", 7), now);
        }
        if ((now + phase) % 500 < 100) {
          shard.see(readToEnd(now), now);
        }
        if (takeover != 0 && now - 100 < takeover && takeover <= now) {
          shard.restore(
              0, UserPresence.after(UserPresence.unknown("aa"), opened, 0, session -> false), now);
        }
        PresenceShard.Decision decision = shard.decide(now);
        shard.committed();
        // What is published is read back by the next turn.
        decision.ended().forEach(end -> shard.see(over(end.edge(), end.epoch()), 0));
        if (decision.states().stream().anyMatch(state -> state.sessions().isEmpty())) {
          return now;
        }
      }
      return Long.MAX_VALUE;
    }
  }

  @Test
  void releasedPartitionIsForgotten() {
    shard.apply(0, opened("aa", "s1", "phone", "e1", 7), 1_000, 0);
    shard.apply(1, opened("bb", "s2", "phone", "e1", 7), 1_000, 0);
    commit(1_000);
    shard.release(List.of(0));
    shard.see(over("e1", 7), 10);
    assertThat(commit(2_000)).extracting(PresenceState::user).containsExactly("bb");
  }
}
