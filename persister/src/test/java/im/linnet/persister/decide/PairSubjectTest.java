package im.linnet.persister.decide;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.records.ChangeRelation;
import im.linnet.records.Circle;
import im.linnet.records.PairState;
import im.linnet.records.RecordPlan;
import im.linnet.records.memory.InMemoryRecordStore;
import im.linnet.schemas.event.BlockAct;
import im.linnet.schemas.event.BlockCommand;
import im.linnet.schemas.event.FriendAct;
import im.linnet.schemas.event.FriendCommand;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is read of two users. */
class PairSubjectTest {
  private final InMemoryRecordStore store = new InMemoryRecordStore();
  private final PairSubject subject = new PairSubject(store);

  @BeforeEach
  void open() {
    store.open("log");
    store.apply(
        new RecordPlan(
            List.of(
                new ChangeRelation("aa", Circle.FRIENDS, "bb", true, 1),
                new ChangeRelation("aa", Circle.FRIENDS, "cc", true, 2),
                new ChangeRelation("bb", Circle.FRIENDS, "aa", true, 1),
                new ChangeRelation("aa", Circle.BLOCKED, "dd", true, 3),
                new ChangeRelation("dd", Circle.BLOCKED_BY, "aa", true, 1)),
            Map.of(),
            Map.of()));
  }

  private Map<Circle, Map<String, Integer>> sizes(FriendAct act) {
    FriendCommand command = new FriendCommand(act, "u-1", "aa", "bb", "");
    PairSubject.Case found = subject.load(List.of(command)).get("aa|bb");
    PairState pair = Objects.requireNonNull(found).pair();
    assertThat(pair.friends()).isTrue();
    return found.sizes().sizes();
  }

  @Test
  void whereTwoMayBecomeFriendsTheFriendsOfBothAreCounted() {
    Map<Circle, Map<String, Integer>> counted = Map.of(Circle.FRIENDS, Map.of("aa", 2, "bb", 1));
    assertThat(sizes(FriendAct.ADD)).isEqualTo(counted);
    assertThat(sizes(FriendAct.ACCEPT)).isEqualTo(counted);
    assertThat(sizes(FriendAct.REJECT)).isEmpty();
    assertThat(sizes(FriendAct.REMOVE)).isEmpty();
  }

  @Test
  void whereOneBlocksTheBlocksOfBothSidesAreCounted() {
    BlockCommand block = new BlockCommand(BlockAct.ADD, "u-1", "aa", "dd");
    PairSubject.Case found = subject.load(List.of(block)).get("aa|dd");
    assertThat(Objects.requireNonNull(found).sizes().sizes())
        .isEqualTo(Map.of(Circle.BLOCKED, Map.of("aa", 1), Circle.BLOCKED_BY, Map.of("dd", 1)));
    BlockCommand no = new BlockCommand(BlockAct.REMOVE, "u-1", "aa", "dd");
    assertThat(Objects.requireNonNull(subject.load(List.of(no)).get("aa|dd")).sizes().sizes())
        .isEmpty();
  }
}
