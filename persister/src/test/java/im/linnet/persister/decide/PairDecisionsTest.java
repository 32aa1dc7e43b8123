package im.linnet.persister.decide;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.records.PairState;
import im.linnet.records.RequestStatus;
import im.linnet.schemas.event.BlockAct;
import im.linnet.schemas.event.BlockCommand;
import im.linnet.schemas.event.BlockEvent;
import im.linnet.schemas.event.FriendAct;
import im.linnet.schemas.event.FriendCommand;
import im.linnet.schemas.event.FriendEvent;
import im.linnet.schemas.event.InboxEvent;
import im.linnet.schemas.event.PairCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules between aa and bb; aa asks. */
class PairDecisionsTest {
  private static PairState state(boolean friends, String ofAa, String ofBb, String blocker) {
    return new PairState(
        "aa",
        "bb",
        friends,
        ofAa.isEmpty() ? null : RequestStatus.valueOf(ofAa),
        ofBb.isEmpty() ? null : RequestStatus.valueOf(ofBb),
        blocker.contains("aa"),
        blocker.contains("bb"));
  }

  /** What is asked, the state (friends, request of aa, request of bb, who blocks), what is said. */
  @ParameterizedTest
  @CsvSource({
    "ADD,    false, '',       '',       '',    0,    ADD",
    "ADD,    false, REJECTED, '',       '',    0,    ADD",
    "ADD,    false, ACCEPTED, '',       '',    0,    ADD",
    "ADD,    false, '',       REJECTED, '',    0,    ADD",
    "ADD,    false, '',       PENDING,  '',    0,    ACCEPT",
    "ADD,    false, PENDING,  '',       '',    4009, ''",
    "ADD,    true,  ACCEPTED, '',       '',    4009, ''",
    "ADD,    true,  '',       ACCEPTED, '',    4009, ''",
    "ADD,    false, '',       '',       bb,    4003, ''",
    "ADD,    false, '',       PENDING,  bb,    4003, ''",
    "ADD,    false, '',       '',       aa,    0,    ADD",
    "ACCEPT, false, '',       PENDING,  '',    0,    ACCEPT",
    "ACCEPT, false, '',       '',       '',    4004, ''",
    "ACCEPT, false, PENDING,  '',       '',    4004, ''",
    "ACCEPT, true,  '',       ACCEPTED, '',    4009, ''",
    "ACCEPT, false, '',       ACCEPTED, '',    4009, ''",
    "ACCEPT, false, '',       REJECTED, '',    4009, ''",
    "ACCEPT, false, '',       PENDING,  bb,    4003, ''",
    "REJECT, false, '',       PENDING,  '',    0,    REJECT",
    "REJECT, false, '',       '',       '',    4004, ''",
    "REJECT, true,  '',       ACCEPTED, '',    4009, ''",
    "REJECT, false, '',       REJECTED, '',    4009, ''",
    "REMOVE, true,  ACCEPTED, '',       '',    0,    REMOVE",
    "REMOVE, true,  '',       ACCEPTED, '',    0,    REMOVE",
    "REMOVE, false, '',       '',       '',    4004, ''",
    "REMOVE, false, ACCEPTED, '',       '',    4004, ''",
    "REMOVE, false, ACCEPTED, '',       bb,    4003, ''"
  })
  void aStepIsTakenOrRefused(
      FriendAct act,
      boolean friends,
      String ofAa,
      String ofBb,
      String blocker,
      int code,
      String fact) {
    Decision decision =
        PairDecisions.decide(
            state(friends, ofAa, ofBb, blocker),
            0,
            new FriendCommand(act, "u-1", "aa", "bb", "text"));

    assertThat(decision.code().code()).isEqualTo(code);
    if (fact.isEmpty()) {
      assertThat(decision.facts()).isEmpty();
      assertThat(decision.message()).isNotBlank();
    } else {
      assertThat(decision.facts())
          .containsExactly(new FriendEvent(FriendAct.valueOf(fact), "u-1", "aa", "bb", "text"));
      assertThat(decision.message()).isNull();
    }
  }

  @Test
  void aBlockKeepsNobodyAFriendAndLetsNoTextThrough() {
    Decision decision =
        PairDecisions.decide(
            state(true, "ACCEPTED", "", "bb"),
            0,
            new FriendCommand(FriendAct.REMOVE, "u-1", "aa", "bb", "text"));

    assertThat(decision.code().code()).isZero();
    assertThat(decision.facts())
        .containsExactly(new FriendEvent(FriendAct.REMOVE, "u-1", "aa", "bb", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "ADD,    '',  true",
    "ADD,    bb,  true",
    "ADD,    aa,  false",
    "REMOVE, aa,  true",
    "REMOVE, '',  false",
    "REMOVE, bb,  false"
  })
  void aBlockThatIsSoAlreadyChangesNothing(BlockAct act, String blocker, boolean changes) {
    Decision decision =
        PairDecisions.decide(
            state(false, "", "", blocker), 0, new BlockCommand(act, "u-1", "aa", "bb"));

    assertThat(decision.code().code()).isZero();
    if (changes) {
      assertThat(decision.facts()).containsExactly(new BlockEvent(act, "u-1", "aa", "bb"));
    } else {
      assertThat(decision.facts()).isEmpty();
    }
  }

  @Test
  void aUserIsBlockedBySoManyAndNoMore() {
    BlockCommand block = new BlockCommand(BlockAct.ADD, "u-1", "aa", "bb");
    int most = PairDecisions.MOST_BLOCKERS;
    assertThat(PairDecisions.decide(state(false, "", "", ""), most - 1, block).facts()).hasSize(1);
    Decision refused = PairDecisions.decide(state(false, "", "", ""), most, block);
    assertThat(refused.code().code()).isEqualTo(4013);
    assertThat(refused.facts()).isEmpty();
    // One that is there stays, and one that goes makes room.
    assertThat(PairDecisions.decide(state(false, "", "", "aa"), most, block).code().code())
        .isZero();
    BlockCommand no = new BlockCommand(BlockAct.REMOVE, "u-1", "aa", "bb");
    assertThat(PairDecisions.decide(state(false, "", "", "aa"), most, no).facts()).hasSize(1);
  }

  @Test
  void nobodyIsTheirOwnFriend() {
    for (PairCommand command :
        new PairCommand[] {
          new FriendCommand(FriendAct.ADD, "u-1", "aa", "aa", ""),
          new BlockCommand(BlockAct.ADD, "u-1", "aa", "aa")
        }) {
      Decision decision = PairDecisions.decide(PairState.of("aa", "aa"), 0, command);
      assertThat(decision.code().code()).isEqualTo(4000);
      assertThat(decision.facts()).isEmpty();
    }
  }

  /** Who stands first in the pair makes no difference. */
  @Test
  void theOtherOneIsJudgedAlike() {
    PairState asked = PairState.of("bb", "aa");
    for (InboxEvent fact :
        PairDecisions.decide(asked, 0, new FriendCommand(FriendAct.ADD, "u-1", "bb", "aa", ""))
            .facts()) {
      asked = PairDecisions.apply(asked, fact);
    }
    assertThat(asked.requestOf("bb")).isEqualTo(RequestStatus.PENDING);
    assertThat(asked.requestOf("aa")).isNull();
    Decision accepted =
        PairDecisions.decide(asked, 0, new FriendCommand(FriendAct.ACCEPT, "u-2", "aa", "bb", ""));
    assertThat(accepted.code().code()).isZero();
    PairState friends = PairDecisions.apply(asked, accepted.facts().getFirst());
    assertThat(friends.friends()).isTrue();
    assertThat(friends.requestOf("bb")).isEqualTo(RequestStatus.ACCEPTED);
  }
}
