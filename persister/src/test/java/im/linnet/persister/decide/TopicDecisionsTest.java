package im.linnet.persister.decide;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.records.TopicState;
import im.linnet.records.memory.InMemoryRecordStore;
import im.linnet.schemas.JoinPolicy;
import im.linnet.schemas.event.CreatedEvent;
import im.linnet.schemas.event.DisbandedEvent;
import im.linnet.schemas.event.InboxEvent;
import im.linnet.schemas.event.JoinedEvent;
import im.linnet.schemas.event.KickedEvent;
import im.linnet.schemas.event.LeftEvent;
import im.linnet.schemas.event.RenamedEvent;
import im.linnet.schemas.event.TopicAct;
import im.linnet.schemas.event.TopicCommand;
import im.linnet.schemas.event.TransferredEvent;
import im.linnet.schemas.frame.ReplyCode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The table of the rules: who may do what to which topic, and what becomes of it. */
class TopicDecisionsTest {
  private static final TopicSubject SUBJECT =
      new TopicSubject(new InMemoryRecordStore().topics(), new TopicDecisions(5));
  private static final TopicSubject.Case NONE = new TopicSubject.Case(null, Map.of());

  private static TopicAct by(String caller) {
    return new TopicAct("tea", caller, "u-" + caller);
  }

  private static TopicCommand.Create create(String caller, String... members) {
    return new TopicCommand.Create(by(caller), List.of(members), "Tea", JoinPolicy.OPEN, false);
  }

  private static TopicSubject.Case after(TopicSubject.Case state, TopicCommand... commands) {
    TopicSubject.Case now = state;
    for (TopicCommand command : commands) {
      Decision decision = SUBJECT.decide(now, command);
      assertThat(decision.code()).as(command.toString()).isEqualTo(ReplyCode.OK);
      for (InboxEvent fact : decision.facts()) {
        now = SUBJECT.apply(now, fact);
      }
    }
    return now;
  }

  /** Of aa, who founded it, with bb and cc. */
  private static final TopicSubject.Case TEA = after(NONE, create("aa", "bb", "cc"));

  private static final TopicSubject.Case INVITED =
      after(NONE, new TopicCommand.Create(by("aa"), List.of("bb"), "Tea", JoinPolicy.INVITE, true));

  private static final TopicSubject.Case OVER = after(TEA, new TopicCommand.Disband(by("aa")));

  private static void refuses(ReplyCode code, TopicSubject.Case state, TopicCommand command) {
    Decision decision = SUBJECT.decide(state, command);
    assertThat(decision.code()).as(command.toString()).isEqualTo(code);
    assertThat(decision.message()).isNotBlank();
    assertThat(decision.facts()).isEmpty();
  }

  private static void takes(TopicSubject.Case state, TopicCommand command, InboxEvent... facts) {
    assertThat(SUBJECT.decide(state, command)).isEqualTo(Decision.taken(facts));
  }

  @Test
  void anIdIsUsedOnce() {
    takes(
        NONE,
        create("aa", "bb", "aa", "bb"),
        new CreatedEvent(by("aa"), List.of("aa", "bb"), "Tea", JoinPolicy.OPEN, false));
    refuses(ReplyCode.CONFLICT, TEA, create("aa"));
    refuses(ReplyCode.CONFLICT, TEA, create("dd"));
    refuses(ReplyCode.CONFLICT, OVER, create("aa"));
    refuses(ReplyCode.TOO_LARGE, NONE, create("aa", "bb", "cc", "dd", "ee", "ff"));
  }

  @Test
  void aTopicThatIsOverOrNeverWasIsNotFound() {
    for (TopicSubject.Case state : List.of(NONE, OVER)) {
      for (TopicCommand command :
          List.of(
              new TopicCommand.Join(by("aa")),
              new TopicCommand.Invite(by("aa"), List.of("dd")),
              new TopicCommand.Leave(by("aa")),
              new TopicCommand.Kick(by("aa"), "bb"),
              new TopicCommand.Rename(by("aa"), "x"),
              new TopicCommand.Transfer(by("aa"), "bb"),
              new TopicCommand.Disband(by("aa")))) {
        refuses(ReplyCode.NOT_FOUND, state, command);
      }
    }
  }

  @Test
  void anOutsiderMayOnlyJoinAnOpenTopic() {
    takes(TEA, new TopicCommand.Join(by("dd")), new JoinedEvent(by("dd"), List.of("dd")));
    refuses(ReplyCode.FORBIDDEN, INVITED, new TopicCommand.Join(by("dd")));
    refuses(ReplyCode.CONFLICT, TEA, new TopicCommand.Join(by("bb")));
    for (TopicCommand command :
        List.of(
            new TopicCommand.Invite(by("dd"), List.of("ee")),
            new TopicCommand.Leave(by("dd")),
            new TopicCommand.Kick(by("dd"), "bb"),
            new TopicCommand.Rename(by("dd"), "x"),
            new TopicCommand.Transfer(by("dd"), "bb"),
            new TopicCommand.Disband(by("dd")))) {
      refuses(ReplyCode.FORBIDDEN, TEA, command);
    }
  }

  @Test
  void eachMemberInvites() {
    takes(
        TEA,
        new TopicCommand.Invite(by("bb"), List.of("dd", "cc", "dd", "ee")),
        new JoinedEvent(by("bb"), List.of("dd", "ee")));
    refuses(ReplyCode.CONFLICT, TEA, new TopicCommand.Invite(by("bb"), List.of("aa", "bb")));
    refuses(ReplyCode.TOO_LARGE, TEA, new TopicCommand.Invite(by("bb"), List.of("dd", "ee", "ff")));
    TopicSubject.Case full = after(TEA, new TopicCommand.Invite(by("bb"), List.of("dd", "ee")));
    refuses(ReplyCode.TOO_LARGE, full, new TopicCommand.Join(by("ff")));
  }

  @Test
  void aRefusalOfMoreMembersBeginsWithTheFieldThatAsksForThem() {
    TopicSubject.Case full = after(TEA, new TopicCommand.Invite(by("bb"), List.of("dd", "ee")));
    assertThat(SUBJECT.decide(NONE, create("aa", "bb", "cc", "dd", "ee", "ff")).message())
        .isEqualTo("members: a topic has 5 members at most");
    assertThat(SUBJECT.decide(full, new TopicCommand.Invite(by("bb"), List.of("ff"))).message())
        .startsWith("members: ");
    assertThat(SUBJECT.decide(full, new TopicCommand.Join(by("ff"))).message())
        .startsWith("topic: ");
  }

  @Test
  void aMemberLeavesAndTheFounderTransfersFirst() {
    takes(TEA, new TopicCommand.Leave(by("bb")), new LeftEvent(by("bb"), "bb"));
    refuses(ReplyCode.CONFLICT, TEA, new TopicCommand.Leave(by("aa")));
    TopicSubject.Case transferred = after(TEA, new TopicCommand.Transfer(by("aa"), "bb"));
    takes(transferred, new TopicCommand.Leave(by("aa")), new LeftEvent(by("aa"), "aa"));
    refuses(ReplyCode.FORBIDDEN, transferred, new TopicCommand.Disband(by("aa")));
    takes(transferred, new TopicCommand.Disband(by("bb")), new DisbandedEvent(by("bb")));
  }

  @Test
  void theLastOneToLeaveEndsIt() {
    TopicSubject.Case alone =
        after(TEA, new TopicCommand.Leave(by("bb")), new TopicCommand.Kick(by("aa"), "cc"));
    takes(alone, new TopicCommand.Leave(by("aa")), new DisbandedEvent(by("aa")));
  }

  @Test
  void theFounderAloneKicksRenamesAndTransfers() {
    takes(TEA, new TopicCommand.Kick(by("aa"), "bb"), new KickedEvent(by("aa"), "bb"));
    takes(TEA, new TopicCommand.Rename(by("aa"), "x"), new RenamedEvent(by("aa"), "x"));
    takes(TEA, new TopicCommand.Rename(by("aa"), "Tea"));
    takes(TEA, new TopicCommand.Transfer(by("aa"), "bb"), new TransferredEvent(by("aa"), "bb"));
    refuses(ReplyCode.NOT_FOUND, TEA, new TopicCommand.Kick(by("aa"), "dd"));
    refuses(ReplyCode.CONFLICT, TEA, new TopicCommand.Kick(by("aa"), "aa"));
    refuses(ReplyCode.NOT_FOUND, TEA, new TopicCommand.Transfer(by("aa"), "dd"));
    refuses(ReplyCode.CONFLICT, TEA, new TopicCommand.Transfer(by("aa"), "aa"));
    for (TopicCommand command :
        List.of(
            new TopicCommand.Kick(by("bb"), "cc"),
            new TopicCommand.Rename(by("bb"), "x"),
            new TopicCommand.Transfer(by("bb"), "cc"),
            new TopicCommand.Disband(by("bb")))) {
      refuses(ReplyCode.FORBIDDEN, TEA, command);
    }
  }

  @Test
  void whoWasKickedMayJoinAgain() {
    TopicSubject.Case kicked = after(TEA, new TopicCommand.Kick(by("aa"), "bb"));
    refuses(ReplyCode.FORBIDDEN, kicked, new TopicCommand.Leave(by("bb")));
    TopicState back =
        Objects.requireNonNull(after(kicked, new TopicCommand.Join(by("bb"))).topic());
    assertThat(back.members()).containsExactly("aa", "bb", "cc");
  }

  @Test
  void aUserJoinsATopicSoOftenAndNoMore() {
    TopicSubject.Case once =
        new TopicSubject.Case(TEA.topic(), Map.of("dd", TopicDecisions.MOST_TIMES - 1));
    TopicSubject.Case out =
        after(once, new TopicCommand.Join(by("dd")), new TopicCommand.Leave(by("dd")));
    refuses(ReplyCode.FORBIDDEN, out, new TopicCommand.Join(by("dd")));
    refuses(ReplyCode.FORBIDDEN, out, new TopicCommand.Invite(by("aa"), List.of("ee", "dd")));
    takes(out, new TopicCommand.Join(by("ee")), new JoinedEvent(by("ee"), List.of("ee")));
  }

  /** In one batch with its creation. */
  @Test
  void whoWasThereFromTheStartHasJoinedOnce() {
    TopicSubject.Case out = after(NONE, create("aa", "dd"), new TopicCommand.Leave(by("dd")));
    for (int times = 1; times < TopicDecisions.MOST_TIMES; times++) {
      out = after(out, new TopicCommand.Join(by("dd")), new TopicCommand.Leave(by("dd")));
    }
    refuses(ReplyCode.FORBIDDEN, out, new TopicCommand.Join(by("dd")));
  }

  @Test
  void whatWasNeverThereIsLoadedAsSuch() {
    assertThat(SUBJECT.load(List.of(create("aa")))).isEqualTo(Map.of("tea", NONE));
  }
}
