package im.linnet.persister.decide;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.records.PairState;
import im.linnet.records.RequestStatus;
import im.linnet.records.TopicState;
import im.linnet.records.memory.InMemoryRecordStore;
import im.linnet.schemas.JoinPolicy;
import im.linnet.schemas.event.BlockAct;
import im.linnet.schemas.event.BlockCommand;
import im.linnet.schemas.event.FriendAct;
import im.linnet.schemas.event.FriendCommand;
import im.linnet.schemas.event.InboxEvent;
import im.linnet.schemas.event.PairCommand;
import im.linnet.schemas.event.TopicAct;
import im.linnet.schemas.event.TopicCommand;
import im.linnet.testkit.doc.PermissionCell;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The cells of docs/permissions.md that the decider judges; {@code aa} asks. */
class PermissionsTest {
  private static final TopicSubject TOPICS =
      new TopicSubject(new InMemoryRecordStore().topics(), new TopicDecisions(5));

  static List<PermissionCell> cells() {
    return PermissionCell.all().stream()
        .filter(cell -> cell.decided() && cell.hasMeaning() && !cell.role().equals("guest"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("cells")
  void isJudgedAsTheTableSays(PermissionCell cell) {
    Decision decision =
        cell.op().startsWith("topic.")
            ? TOPICS.decide(topic(cell), command(cell))
            : PairDecisions.decide(pair(cell), new CircleSizes(Map.of()), pairCommand(cell));
    assertThat(decision.code().code()).isEqualTo(Integer.parseInt(cell.code()));
  }

  private static TopicAct by(String caller) {
    return new TopicAct("tea", caller, "u-" + caller);
  }

  /** With cc as another member, unless the topic is to be created. */
  private static TopicSubject.Case topic(PermissionCell cell) {
    TopicSubject.Case none = new TopicSubject.Case(null, Map.of());
    JoinPolicy join = cell.about().equals("invite") ? JoinPolicy.INVITE : JoinPolicy.OPEN;
    return switch (cell.role()) {
      case "self" -> none;
      case "founder" -> after(none, create("aa", join, "cc"));
      case "stranger" -> after(none, create("ff", join, "cc"));
      case "member" -> after(none, create("ff", join, "cc", "aa"));
      case "former" ->
          after(none, create("ff", join, "cc", "aa"), new TopicCommand.Kick(by("ff"), "aa"));
      default -> throw new IllegalArgumentException(cell.toString());
    };
  }

  private static TopicCommand create(String founder, JoinPolicy join, String... members) {
    return new TopicCommand.Create(by(founder), List.of(members), "Tea", join, false);
  }

  private static TopicSubject.Case after(TopicSubject.Case state, TopicCommand... commands) {
    TopicSubject.Case now = state;
    for (TopicCommand command : commands) {
      for (InboxEvent fact : TOPICS.decide(now, command).facts()) {
        now = TOPICS.apply(now, fact);
      }
    }
    TopicState topic = Objects.requireNonNull(now.topic());
    assertThat(topic.members()).contains("cc");
    return now;
  }

  private static TopicCommand command(PermissionCell cell) {
    return switch (cell.op()) {
      case "topic.create" -> create("aa", JoinPolicy.OPEN);
      case "topic.join" -> new TopicCommand.Join(by("aa"));
      case "topic.invite" -> new TopicCommand.Invite(by("aa"), List.of("dd"));
      case "topic.leave" -> new TopicCommand.Leave(by("aa"));
      case "topic.kick" -> new TopicCommand.Kick(by("aa"), "cc");
      case "topic.rename" -> new TopicCommand.Rename(by("aa"), "New");
      case "topic.transfer" -> new TopicCommand.Transfer(by("aa"), "cc");
      case "topic.disband" -> new TopicCommand.Disband(by("aa"));
      default -> throw new IllegalArgumentException(cell.toString());
    };
  }

  private static String peer(PermissionCell cell) {
    return cell.role().equals("self") ? "aa" : "bb";
  }

  private static PairState pair(PermissionCell cell) {
    PairState strangers = PairState.of("aa", peer(cell));
    return switch (cell.role()) {
      case "self", "stranger" -> strangers;
      case "friend" -> new PairState("aa", "bb", true, null, RequestStatus.ACCEPTED, false, false);
      case "blocked" -> new PairState("aa", "bb", false, null, null, false, true);
      default -> throw new IllegalArgumentException(cell.toString());
    };
  }

  private static PairCommand pairCommand(PermissionCell cell) {
    for (BlockAct act : BlockAct.values()) {
      if (act.command().equals(cell.op())) {
        return new BlockCommand(act, "u-1", "aa", peer(cell));
      }
    }
    FriendAct act = Objects.requireNonNull(FriendAct.ofToken(cell.about()), cell::toString);
    return new FriendCommand(act, "u-1", "aa", peer(cell), "text");
  }
}
