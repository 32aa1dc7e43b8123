package im.linnet.persister.decide;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.records.Circle;
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
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules between aa and bb; aa asks. */
class PairDecisionsTest {
  private static final CircleSizes NONE = new CircleSizes(Map.of());

  /** The circle of one user has its bound, and so many more. */
  private static CircleSizes sizes(Circle circle, String whose, int beyond) {
    return new CircleSizes(Map.of(circle, Map.of(whose, circle.most() + beyond)));
  }

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
            NONE,
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
            NONE,
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
            state(false, "", "", blocker), NONE, new BlockCommand(act, "u-1", "aa", "bb"));

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
    CircleSizes room = sizes(Circle.BLOCKED_BY, "bb", -1);
    CircleSizes full = sizes(Circle.BLOCKED_BY, "bb", 0);
    assertThat(PairDecisions.decide(state(false, "", "", ""), room, block).facts()).hasSize(1);
    Decision refused = PairDecisions.decide(state(false, "", "", ""), full, block);
    assertThat(refused.code().code()).isEqualTo(4013);
    assertThat(refused.message()).isEqualTo("user: 100000 users block bb already, and no more can");
    assertThat(refused.facts()).isEmpty();
    // One that is there stays, and one that goes makes room.
    assertThat(PairDecisions.decide(state(false, "", "", "aa"), full, block).code().code())
        .isZero();
    BlockCommand no = new BlockCommand(BlockAct.REMOVE, "u-1", "aa", "bb");
    assertThat(PairDecisions.decide(state(false, "", "", "aa"), full, no).facts()).hasSize(1);
  }

  @Test
  void aUserBlocksSoManyAndNoMore() {
    BlockCommand block = new BlockCommand(BlockAct.ADD, "u-1", "aa", "bb");
    PairState strangers = state(false, "", "", "");
    Decision taken = PairDecisions.decide(strangers, sizes(Circle.BLOCKED, "aa", -1), block);
    assertThat(taken.facts()).hasSize(1);
    Decision refused = PairDecisions.decide(strangers, sizes(Circle.BLOCKED, "aa", 0), block);
    assertThat(refused.code().code()).isEqualTo(4013);
    assertThat(refused.message())
        .isEqualTo("user: you block 10000 users already, take one off the list");
    assertThat(refused.facts()).isEmpty();
  }

  /** What is asked, whose list of friends is full, what is said. */
  @ParameterizedTest
  @CsvSource({
    "ADD,    aa, 'to: you have 10000 friends already, remove one first'",
    "ADD,    bb, 'to: bb has 10000 friends already, and takes no more'",
    "ACCEPT, aa, 'to: you have 10000 friends already, remove one first'",
    "ACCEPT, bb, 'to: bb has 10000 friends already, and takes no more'"
  })
  void aUserHasSoManyFriendsAndNoMore(FriendAct act, String whose, String said) {
    FriendCommand command = new FriendCommand(act, "u-1", "aa", "bb", "text");
    PairState asked = state(false, "", "PENDING", "");
    Decision taken = PairDecisions.decide(asked, sizes(Circle.FRIENDS, whose, -1), command);
    assertThat(taken.facts())
        .containsExactly(new FriendEvent(FriendAct.ACCEPT, "u-1", "aa", "bb", "text"));
    Decision refused = PairDecisions.decide(asked, sizes(Circle.FRIENDS, whose, 0), command);
    assertThat(refused.code().code()).isEqualTo(4013);
    assertThat(refused.message()).isEqualTo(said);
    assertThat(refused.facts()).isEmpty();
  }

  @Test
  void aFullListOfFriendsTakesRequestsAndEndsThem() {
    CircleSizes full = sizes(Circle.FRIENDS, "aa", 0);
    FriendCommand add = new FriendCommand(FriendAct.ADD, "u-1", "aa", "bb", "");
    FriendCommand reject = new FriendCommand(FriendAct.REJECT, "u-1", "aa", "bb", "");
    FriendCommand remove = new FriendCommand(FriendAct.REMOVE, "u-1", "aa", "bb", "");
    assertThat(PairDecisions.decide(state(false, "", "", ""), full, add).facts()).hasSize(1);
    assertThat(PairDecisions.decide(state(false, "", "PENDING", ""), full, reject).facts())
        .hasSize(1);
    assertThat(PairDecisions.decide(state(true, "", "ACCEPTED", ""), full, remove).facts())
        .hasSize(1);
  }

  @Test
  void nobodyIsTheirOwnFriend() {
    for (PairCommand command :
        new PairCommand[] {
          new FriendCommand(FriendAct.ADD, "u-1", "aa", "aa", ""),
          new BlockCommand(BlockAct.ADD, "u-1", "aa", "aa")
        }) {
      Decision decision = PairDecisions.decide(PairState.of("aa", "aa"), NONE, command);
      assertThat(decision.code().code()).isEqualTo(4000);
      assertThat(decision.facts()).isEmpty();
    }
  }

  /** Who stands first in the pair makes no difference. */
  @Test
  void theOtherOneIsJudgedAlike() {
    PairState asked = PairState.of("bb", "aa");
    for (InboxEvent fact :
        PairDecisions.decide(asked, NONE, new FriendCommand(FriendAct.ADD, "u-1", "bb", "aa", ""))
            .facts()) {
      asked = PairDecisions.apply(asked, fact);
    }
    assertThat(asked.requestOf("bb")).isEqualTo(RequestStatus.PENDING);
    assertThat(asked.requestOf("aa")).isNull();
    Decision accepted =
        PairDecisions.decide(
            asked, NONE, new FriendCommand(FriendAct.ACCEPT, "u-2", "aa", "bb", ""));
    assertThat(accepted.code().code()).isZero();
    PairState friends = PairDecisions.apply(asked, accepted.facts().getFirst());
    assertThat(friends.friends()).isTrue();
    assertThat(friends.requestOf("bb")).isEqualTo(RequestStatus.ACCEPTED);
  }
}
