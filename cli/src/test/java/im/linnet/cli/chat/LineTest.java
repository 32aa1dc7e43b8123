package im.linnet.cli.chat;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.client.MessageChange;
import im.linnet.schemas.document.PresenceStatus;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineTest {
  @Test
  void aLineIsAMessageAsItIs() {
    assertThat(Line.parse(" Hello  you ")).isEqualTo(new Line.Say(" Hello  you "));
    assertThat(Line.parse("//etc")).isEqualTo(new Line.Say("/etc"));
    assertThat(Line.parse("   ")).isEqualTo(new Line.Blank());
  }

  @Test
  void aCommandIsReadWithItsArgument() {
    assertThat(Line.parse("/to aa")).isEqualTo(new Line.To("aa"));
    assertThat(Line.parse("/history")).isEqualTo(new Line.History(OptionalInt.empty()));
    assertThat(Line.parse("/history 200")).isEqualTo(new Line.History(OptionalInt.of(200)));
    assertThat(Line.parse("/more  7 ")).isEqualTo(new Line.More(OptionalInt.of(7)));
    assertThat(Line.parse("/edit  Hello  you"))
        .isEqualTo(new Line.Change(new MessageChange.Edit("Hello  you")));
    assertThat(Line.parse("/recall")).isEqualTo(new Line.Change(new MessageChange.Recall()));
    assertThat(Line.parse("/unread")).isEqualTo(new Line.Unread());
    assertThat(Line.parse("/help")).isEqualTo(new Line.Help());
    assertThat(Line.parse("/quit ")).isEqualTo(new Line.Quit());
  }

  @Test
  void aCommandAboutTopicsIsRead() {
    assertThat(Line.parse("/topic Green tea")).isEqualTo(new Line.Topic("Green tea"));
    assertThat(Line.parse("/create tea aa, bb cc"))
        .isEqualTo(new Line.Group(new GroupCommand.Create("tea", List.of("aa", "bb", "cc"))));
    assertThat(Line.parse("/create tea"))
        .isEqualTo(new Line.Group(new GroupCommand.Create("tea", List.of())));
    assertThat(Line.parse("/create +history tea aa +invite"))
        .isEqualTo(new Line.Group(new GroupCommand.Create("tea", List.of("aa"), true, true)));
    assertThat(Line.parse("/info")).isEqualTo(new Line.Group(new GroupCommand.Info()));
    assertThat(Line.parse("/members cc")).isEqualTo(new Line.Group(new GroupCommand.Members("cc")));
    assertThat(Line.parse("/join tea")).isEqualTo(new Line.Group(new GroupCommand.Join("tea")));
    assertThat(Line.parse("/leave ")).isEqualTo(new Line.Group(new GroupCommand.Leave()));
    assertThat(Line.parse("/invite aa bb"))
        .isEqualTo(new Line.Group(new GroupCommand.Invite(List.of("aa", "bb"))));
    assertThat(Line.parse("/kick aa")).isEqualTo(new Line.Group(new GroupCommand.Kick("aa")));
    assertThat(Line.parse("/rename Green tea"))
        .isEqualTo(new Line.Group(new GroupCommand.Rename("Green tea")));
    assertThat(Line.parse("/transfer aa"))
        .isEqualTo(new Line.Group(new GroupCommand.Transfer("aa")));
    assertThat(Line.parse("/disband")).isEqualTo(new Line.Group(new GroupCommand.Disband()));
    assertThat(Line.parse("/members")).isEqualTo(new Line.Group(new GroupCommand.Members()));
    assertThat(Line.parse("/topics")).isEqualTo(new Line.Group(new GroupCommand.Topics()));
  }

  @Test
  void aCommandAboutPeopleIsRead() {
    assertThat(Line.parse("/add aa It is me"))
        .isEqualTo(new Line.Friend(new FriendCommand.Add("aa", "It is me")));
    assertThat(Line.parse("/add aa")).isEqualTo(new Line.Friend(new FriendCommand.Add("aa", "")));
    assertThat(Line.parse("/accept aa")).isEqualTo(new Line.Friend(new FriendCommand.Accept("aa")));
    assertThat(Line.parse("/reject aa")).isEqualTo(new Line.Friend(new FriendCommand.Reject("aa")));
    assertThat(Line.parse("/remove aa")).isEqualTo(new Line.Friend(new FriendCommand.Remove("aa")));
    assertThat(Line.parse("/block aa")).isEqualTo(new Line.Friend(new FriendCommand.Block("aa")));
    assertThat(Line.parse("/unblock aa"))
        .isEqualTo(new Line.Friend(new FriendCommand.Unblock("aa")));
    assertThat(Line.parse("/friends")).isEqualTo(new Line.Friend(new FriendCommand.Friends()));
    assertThat(Line.parse("/requests")).isEqualTo(new Line.Friend(new FriendCommand.Requests()));
    assertThat(Line.parse("/blocked")).isEqualTo(new Line.Friend(new FriendCommand.Blocked()));
    assertThat(Line.parse("/nick Bee")).isEqualTo(new Line.People(new PeopleCommand.Nick("Bee")));
    assertThat(Line.parse("/who aa")).isEqualTo(new Line.People(new PeopleCommand.Who("aa")));
    assertThat(Line.parse("/remark aa my friend"))
        .isEqualTo(new Line.People(new PeopleCommand.Remark("aa", "my friend")));
    assertThat(Line.parse("/avatar https://example.org/a.png"))
        .isEqualTo(new Line.People(new PeopleCommand.Avatar("https://example.org/a.png")));
    assertThat(Line.parse("/avatar")).isEqualTo(new Line.People(new PeopleCommand.Avatar("")));
    assertThat(Line.parse("/watch aa")).isEqualTo(new Line.People(new PeopleCommand.Watch("aa")));
    assertThat(Line.parse("/label aa work, my team"))
        .isEqualTo(new Line.People(new PeopleCommand.Label("aa", List.of("work", "my team"))));
    assertThat(Line.parse("/label aa"))
        .isEqualTo(new Line.People(new PeopleCommand.Label("aa", List.of())));
    assertThat(Line.parse("/contacts aa"))
        .isEqualTo(new Line.People(new PeopleCommand.Contacts("aa")));
    assertThat(Line.parse("/contacts")).isEqualTo(new Line.People(new PeopleCommand.Contacts()));
    for (PresenceStatus status : PresenceStatus.values()) {
      assertThat(Line.parse("/" + status.wire()))
          .isEqualTo(new Line.People(new PeopleCommand.Status(status)));
    }
    assertThat(Line.parse("/chats")).isEqualTo(new Line.People(new PeopleCommand.Chats()));
    assertThat(Line.parse("/readers")).isEqualTo(new Line.Readers());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/create",
        "/create a/b",
        "/create tea a/b",
        "/join",
        "/join a b",
        "/leave tea",
        "/invite",
        "/invite \u00e4",
        "/kick",
        "/rename",
        "/transfer",
        "/disband x",
        "/add",
        "/accept a b",
        "/friends x",
        "/nick",
        "/who",
        "/remark",
        "/away now",
        "/chats 3",
        "/readers x",
        "/create tea +secret",
        "/create +invite",
        "/info x",
        "/members a b",
        "/avatar me.png",
        "/watch",
        "/label",
        "/label aa 123456789012345678901234567890123",
        "/contacts a/b"
      })
  void aCommandThatLacksSomethingSaysWhat(String line) {
    assertThat(Line.parse(line)).isInstanceOf(Line.Wrong.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/history 0", "/history 201", "/history -1", "/more x", "/edit ", "/dance"})
  void whatIsWrongIsSaid(String line) {
    assertThat(Line.parse(line)).isInstanceOf(Line.Wrong.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/to", "/topic", "/to a b", "/to b\nHello", "/to \u00e4"})
  void aNameThatNobodyHasIsNobody(String line) {
    assertThat(Line.parse(line)).isInstanceOf(Line.Nobody.class);
  }

  @Test
  void severalLinesAreOneMessage() {
    assertThat(Line.parse("a\n /quit\nb")).isEqualTo(new Line.Say("a\n /quit\nb"));
  }

  @Test
  void anUnknownCommandIsNamed() {
    assertThat(Line.parse("/dance now"))
        .isEqualTo(
            new Line.Wrong(
                "/dance is not a command; /help lists them, and // begins a message with a slash"));
  }

  /** Each command of the list is one that is understood with fitting arguments. */
  @Test
  void theListOfCommandsNamesNoOther() {
    List<String> listed =
        Line.HELP.stream()
            .filter(line -> !line.startsWith("  //"))
            .flatMap(line -> Arrays.stream(line.split("[\\s,]+")))
            .filter(word -> word.matches("/[a-z]+"))
            .distinct()
            .toList();

    assertThat(listed)
        .hasSizeGreaterThan(40)
        .allSatisfy(
            word ->
                assertThat(Line.parse(word + " 1").toString() + Line.parse(word))
                    .doesNotContain("is not a command"));
  }
}
