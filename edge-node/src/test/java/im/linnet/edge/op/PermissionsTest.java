package im.linnet.edge.op;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.edge.command.Answer;
import im.linnet.edge.config.P2pPolicy;
import im.linnet.edge.publish.SentBefore;
import im.linnet.edge.session.SessionWorld;
import im.linnet.records.Circle;
import im.linnet.records.Relations;
import im.linnet.schemas.EventHeaders;
import im.linnet.schemas.JoinPolicy;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.Topic;
import im.linnet.schemas.document.PresenceStatus;
import im.linnet.schemas.event.ContactEvent;
import im.linnet.schemas.event.CreatedEvent;
import im.linnet.schemas.event.KickedEvent;
import im.linnet.schemas.event.MessageEvent;
import im.linnet.schemas.event.Origin;
import im.linnet.schemas.event.PresenceState;
import im.linnet.schemas.event.PresenceStateCodec;
import im.linnet.schemas.event.TopicAct;
import im.linnet.schemas.frame.ReplyCode;
import im.linnet.testkit.doc.PermissionCell;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The table of docs/permissions.md, cell by cell: {@code aa} asks, of users and topics that are
 * called by the role in which {@code aa} stands to them.
 */
class PermissionsTest {
  /** What a request names, and so the roles that have a meaning for it. */
  private enum Subject {
    NOBODY,
    USER,
    TOPIC;

    Set<String> roles() {
      return switch (this) {
        case NOBODY -> Set.of("guest", "self");
        case USER -> Set.of("guest", "self", "stranger", "friend", "blocked");
        case TOPIC -> Set.of("guest", "stranger", "member", "founder", "former");
      };
    }
  }

  private OpWorld world = new OpWorld();

  static List<PermissionCell> cells() {
    return PermissionCell.all().stream().filter(PermissionCell::hasMeaning).toList();
  }

  static List<PermissionCell> p2p() {
    return cells().stream().filter(cell -> cell.about().endsWith("p2p")).toList();
  }

  /** The fields of a row's request beside those that name its subject. */
  private static String fields(PermissionCell cell) {
    String kind = cell.about().replaceAll(".*, ", "");
    return switch (cell.op()) {
      case "auth" -> "'token':'aa'";
      case "send" ->
          cell.about().endsWith("_friend")
              ? "'kind':'mutual','type':'%s','content':'Hi'".formatted(cell.about())
              : "'kind':'%s','type':'text','content':'Hi'".formatted(kind);
      case "edit" -> "'kind':'%s','uuid':'%s','content':'new'".formatted(kind, uuid(cell));
      case "recall", "receipts" -> "'kind':'%s','uuid':'%s'".formatted(kind, uuid(cell));
      case "read" -> "'kind':'%s','uuids':['mine']".formatted(kind);
      case "history", "typing" -> "'kind':'%s'".formatted(kind);
      case "topic.invite" -> "'members':['dd']";
      case "topic.kick", "topic.transfer" -> "'member':'cc'";
      case "topic.rename" -> "'name':'New'";
      case "profile.set" -> "'nickname':'A'";
      case "presence.set" -> "'status':'away'";
      default -> "";
    };
  }

  private static String uuid(PermissionCell cell) {
    return isOwn(cell) ? "mine" : "theirs";
  }

  private static boolean isOwn(PermissionCell cell) {
    return cell.about().startsWith("own");
  }

  private static Subject subject(PermissionCell cell) {
    return switch (cell.op()) {
      case "send", "edit", "recall", "read", "history", "receipts", "typing" ->
          cell.about().endsWith("topic") ? Subject.TOPIC : Subject.USER;
      case "topic.create" -> cell.about().equals("a new id") ? Subject.NOBODY : Subject.TOPIC;
      case "topic.join",
          "topic.invite",
          "topic.leave",
          "topic.kick",
          "topic.rename",
          "topic.transfer",
          "topic.disband",
          "topic.info",
          "topic.members" ->
          Subject.TOPIC;
      case "profile.get",
          "contact.set",
          "presence.get",
          "presence.watch",
          "block.add",
          "block.remove" ->
          Subject.USER;
      default -> Subject.NOBODY;
    };
  }

  /** The field that names the subject; empty if there is none. */
  private static String naming(PermissionCell cell) {
    String name = cell.role().equals("self") ? "aa" : cell.role();
    return switch (cell.op()) {
      case "send", "edit", "recall", "receipts", "typing" -> "'to':'" + name + "'";
      case "read", "history" -> "'peer':'" + name + "'";
      case "profile.get", "presence.get", "presence.watch" -> "'users':['" + name + "']";
      case "contact.set", "block.add", "block.remove" -> "'user':'" + name + "'";
      default -> subject(cell) == Subject.TOPIC ? "'topic':'" + name + "'" : "";
    };
  }

  private static String request(PermissionCell cell) {
    return Arrays.stream(
            new String[] {"'id':'1','op':'" + cell.op() + "'", naming(cell), fields(cell)})
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(",", "{", "}"))
        .replace('\'', '"');
  }

  private void fill() throws Exception {
    world.relations =
        Relations.NONE
            .with(Circle.FRIENDS, "friend", true)
            .with(Circle.BLOCKED_BY, "blocked", true);
    for (Stream kind : List.of(Stream.P2P, Stream.MUTUAL)) {
      for (String peer : List.of("stranger", "friend", "blocked")) {
        world.stands(message(kind, "aa", peer, "mine"));
        world.stands(message(kind, peer, "aa", "theirs"));
        world.stands(message(kind, "zz", peer, "theirs"));
      }
      world.stands(message(kind, "aa", "aa", "mine"));
    }
    topic("stranger", "ff", "cc");
    topic("member", "ff", "cc", "aa");
    topic("founder", "aa", "cc");
    topic("former", "ff", "cc", "aa");
    world.stands(new KickedEvent(new TopicAct("former", "ff", "k"), "aa"));
    // A change of a profile or a contact is answered once the view holds that place.
    world.stands(new ContactEvent("aa", "friend", "Fred", null));
    PresenceStatus away = PresenceStatus.AWAY;
    world.board.fold(
        new LogRecord(
            Topic.PRESENCE,
            0,
            0,
            0,
            "aa".getBytes(StandardCharsets.UTF_8),
            PresenceStateCodec.encode(new PresenceState("aa", away, away, 1, List.of(), List.of())),
            new EventHeaders(null, null, null, null, null)));
  }

  private void topic(String topic, String... members) {
    world.stands(
        new CreatedEvent(
            new TopicAct(topic, members[0], "c"), List.of(members), "Tea", JoinPolicy.OPEN, false));
    world.stands(message(Stream.TOPIC, "aa", topic, "mine"));
    world.stands(message(Stream.TOPIC, "cc", topic, "theirs"));
  }

  private static MessageEvent message(Stream kind, String from, String to, String uuid) {
    return new MessageEvent(kind, uuid, from, to, "text", "hello");
  }

  @ParameterizedTest
  @MethodSource("cells")
  void isAnsweredAsTheTableSays(PermissionCell cell) throws Exception {
    asks(cell, cell.code());
  }

  /** The note below the roles: three ops ask more of strangers, and nothing else changes. */
  @ParameterizedTest
  @MethodSource("p2p")
  void thePolicyOfFriendsRefusesStrangers(PermissionCell cell) throws Exception {
    world = new OpWorld(P2pPolicy.FRIENDS);
    boolean refused =
        cell.role().equals("stranger") && Set.of("send", "edit", "typing").contains(cell.op());
    asks(cell, refused ? "4003" : cell.code());
  }

  private void asks(PermissionCell cell, String code) throws Exception {
    fill();
    boolean guest = cell.role().equals("guest");
    SessionWorld.Client client = guest ? world.sessions.connect() : world.client;
    client.send(request(cell));
    world.lookUps.forEach(each -> each.complete(found(cell)));
    client.connection.turn();
    boolean asks = cell.decided() && !guest && !cell.code().equals("4000");
    assertThat(world.commands).hasSize(asks ? 1 : 0);
    if (asks) {
      assertThat(answers(client)).as("before the verdict").isEmpty();
      verdict(cell);
      client.connection.turn();
    }
    assertThat(answers(client)).singleElement().asString().contains("\"code\":" + code + ",");
  }

  /** The look-up finds what the caller sent to that recipient. */
  private static Optional<SentBefore.Found> found(PermissionCell cell) {
    if (!isOwn(cell)) {
      return Optional.empty();
    }
    Stream kind = Objects.requireNonNull(Stream.ofWire(cell.about().replace("own, ", "")));
    MessageEvent message = message(kind, "aa", cell.role(), "mine");
    return Optional.of(
        new SentBefore.Found(message, new Origin(new Position(kind, 0, 0), 1_000), null, false));
  }

  private void verdict(PermissionCell cell) {
    ReplyCode code =
        Arrays.stream(ReplyCode.values())
            .filter(each -> cell.code().equals(String.valueOf(each.code())))
            .findFirst()
            .orElseThrow();
    if (cell.row().equals("topic.create a new id")) {
      topic(Objects.requireNonNull(world.commands.getFirst().owner()), "aa");
    }
    Stream stream = subject(cell) == Subject.USER ? Stream.MUTUAL : Stream.TOPIC;
    Position place = new Position(stream, 0, 0);
    world
        .verdicts
        .getFirst()
        .complete(new Answer(code, code == ReplyCode.OK ? null : "no", place, 1_000, false));
  }

  private static List<String> answers(SessionWorld.Client client) {
    return client.received().stream()
        .flatMap(String::lines)
        .filter(line -> line.startsWith("{\"id\":\"1\","))
        .toList();
  }

  @Test
  void everyOpHasARow() {
    assertThat(PermissionCell.all().stream().map(PermissionCell::op).collect(Collectors.toSet()))
        .containsExactlyInAnyOrderElementsOf(world.ops.all().stream().map(Op::name).toList());
  }

  /** A cell is left out only where the request names nothing to which the role could apply. */
  @Test
  void aRowHasACodeForEachRoleThatHasAMeaning() {
    Map<String, Set<String>> rows =
        cells().stream()
            .collect(
                Collectors.groupingBy(
                    PermissionCell::row,
                    Collectors.mapping(
                        PermissionCell::role, Collectors.toCollection(TreeSet::new))));
    for (PermissionCell cell : cells()) {
      assertThat(rows.get(cell.row())).as(cell.row()).isEqualTo(subject(cell).roles());
    }
  }
}
