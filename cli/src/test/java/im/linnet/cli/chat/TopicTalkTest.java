package im.linnet.cli.chat;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.client.ClientEvent;
import im.linnet.client.Message;
import im.linnet.client.MessageChange;
import im.linnet.client.TopicChange;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringWriter;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What stands on the screen of bb, who talks in topics. */
class TopicTalkTest {
  private static final Position AT = new Position(Stream.TOPIC, 0, 9);

  private final FakeChatServer server = new FakeChatServer();
  private final StringWriter printed = new StringWriter();
  private final Screen screen =
      new Screen(
          new PlainConsole(new BufferedReader(Reader.nullReader()), new PrintWriter(printed)),
          ZoneOffset.UTC);
  private final Answers answers = new Answers(screen);
  private final Dialogue dialogue = new Dialogue("bb", null, 20, screen, server, answers, 5_000);
  private final Groups groups =
      new Groups("bb", dialogue, server, new Asking(answers, screen, 5_000), screen);

  @BeforeEach
  void synced() {
    dialogue.synced(new ClientEvent.Synced(List.of(), false, false));
    server.told.put(
        "topic.info",
        "{'topic':'tea','name':'Tea','founder':'aa','join':'open','history':false,'members':3}");
  }

  @Test
  void turningToATopicShowsWhatItIsAndAllThatIsUnread() {
    for (int i = 1; i <= 50; i++) {
      server.says(Stream.TOPIC, "text", i % 2 == 0 ? "aa" : "cc", "tea", "m" + i);
    }
    dialogue.talkIn("tea");

    assertThat(lines().getFirst()).isEqualTo("* Tea (tea): 3 members, founder aa, open to all");
    assertThat(lines().subList(1, 51))
        .isEqualTo(
            IntStream.rangeClosed(1, 50)
                .mapToObj(i -> "00:00 " + (i % 2 == 0 ? "aa" : "cc") + ": m" + i)
                .toList());
    assertThat(server.read).hasSize(50);
    assertThat(server.watched).isEmpty();
  }

  @Test
  void theMarkCoversNoMoreThanTheUnreadOnes() {
    for (int i = 1; i <= 30; i++) {
      Message message = server.says(Stream.TOPIC, "text", "aa", "tea", "m" + i);
      if (i <= 28) {
        server.read.add(message.uuid());
      }
    }
    dialogue.talkIn("tea");

    assertThat(server.marks).containsExactly(List.of("u28", "u29"));
    assertThat(lines()).hasSize(21).last().isEqualTo("00:00 aa: m30");
    clear();
    dialogue.more(OptionalInt.of(5));
    assertThat(lines()).hasSize(5).first().isEqualTo("00:00 aa: m6");
  }

  @Test
  void messagesOfTheTopicAreShownAndMarkedAndThoseOfOthersAreNamed() {
    dialogue.talkIn("tea");
    clear();
    dialogue.received(server.says(Stream.TOPIC, "text", "cc", "tea", "Hi"));
    assertThat(lines()).containsExactly("00:00 cc: Hi");
    assertThat(server.marks).containsExactly(List.of("u0"));
    clear();
    dialogue.received(server.says(Stream.TOPIC, "text", "cc", "other", "psst"));
    dialogue.received(server.says("cc", "bb", "psst"));

    assertThat(lines())
        .containsExactly("* cc wrote in other (/topic other)", "* cc wrote (/to cc)");
    assertThat(server.marks).hasSize(1);
  }

  @Test
  void whatIsSaidGoesToTheTopicAndCanBeChangedThere() {
    dialogue.talkIn("tea");
    dialogue.send("Helo");
    dialogue.talkTo("aa");
    dialogue.send("Hi aa");
    dialogue.talkIn("tea");
    dialogue.change(new MessageChange.Edit("Hello"));
    clear();
    dialogue.read(new ClientEvent.ReadReceived(Stream.TOPIC, "cc", "tea", null, List.of("u0")));
    dialogue.read(new ClientEvent.ReadReceived(Stream.TOPIC, "cc", "tea", null, List.of("u7")));
    dialogue.read(new ClientEvent.ReadReceived(Stream.TOPIC, "bb", "tea", null, List.of("u0")));

    assertThat(server.said.getFirst().kind()).isEqualTo(Stream.TOPIC);
    assertThat(server.said.getFirst().to()).isEqualTo("tea");
    assertThat(server.changes).containsOnly(Map.entry("u0", new MessageChange.Edit("Hello")));
    assertThat(lines()).containsExactly("* ✓✓ cc has read");
  }

  @Test
  void whatHappensToTopicsIsSaidWithNames() {
    dialogue.talkIn("tea");
    clear();
    changed("tea", TopicChange.JOINED, "dd", "", "dd");
    changed("tea", TopicChange.JOINED, "aa", "", "ee", "ff");
    changed("tea", TopicChange.LEFT, "dd", "", "dd");
    changed("tea", TopicChange.TRANSFERRED, "aa", "", "bb");
    changed("tea", TopicChange.RENAMED, "bb", "Coffee");
    changed("new", TopicChange.CREATED, "aa", "News", "aa", "bb");

    assertThat(lines())
        .containsExactly(
            "* dd joined Tea",
            "* aa invited ee, ff to Tea",
            "* dd left Tea",
            "* aa made you the founder of Tea",
            "* you renamed the topic Tea to Coffee",
            "* aa began News (/topic new)");
  }

  @Test
  void nothingIsSentToATopicThatTheUserWasRemovedFrom() {
    dialogue.talkIn("tea");
    clear();
    changed("tea", TopicChange.KICKED, "aa", "", "cc");
    assertThat(dialogue.talk()).isEqualTo(Talk.in("tea"));
    changed("tea", TopicChange.KICKED, "aa", "", "bb");

    assertThat(lines())
        .containsExactly(
            "* aa removed cc from Tea", "* aa removed you from Tea", "* you talk to nobody now");
    assertThat(dialogue.talk()).isNull();
  }

  @Test
  void aTopicIsFoundByItsName() {
    server.told.put(
        "topic.list",
        "{'topics':[{'topic':'t1','name':'Green"
            + " tea','founder':'aa','join':'invite','members':1}]}");
    groups.run(new GroupCommand.Topics());
    assertThat(lines())
        .containsExactly("* Green tea (t1): 1 member, founder aa, by invitation (/topic t1)");
    dialogue.talkIn("green tea");
    assertThat(dialogue.talk()).isEqualTo(Talk.in("t1"));
    clear();
    dialogue.talkIn("black tea");

    assertThat(dialogue.talk()).isNull();
    assertThat(lines())
        .containsExactly("* there is no topic 'black tea' among yours; /topics lists them");
  }

  @Test
  void whoBeginsATopicTalksInIt() {
    groups.run(new GroupCommand.Create("tea", List.of("aa", "cc")));

    assertThat(server.asked)
        .startsWith(
            "topic.create {\"topic\":\"tea\",\"name\":\"tea\",\"members\":[\"aa\",\"cc\"]}");
    assertThat(lines()).startsWith("* you began tea");
    assertThat(dialogue.talk()).isEqualTo(Talk.in("tea"));
  }

  @Test
  void aRefusalIsSaidWithAdviceAndTheTalkStays() {
    dialogue.talkTo("aa");
    server.failure = FakeChatServer.refusal(4009, "conflict: the topic tea exists already");
    groups.run(new GroupCommand.Create("tea", List.of()));
    server.failure = FakeChatServer.refusal(4003, "forbidden: tea is by invitation");
    groups.run(new GroupCommand.Join("tea"));

    assertThat(lines())
        .containsExactly(
            "* the topic tea exists already; choose another name; a name is never used again",
            "* tea is by invitation; ask a member to type /invite");
    assertThat(dialogue.talk()).isEqualTo(Talk.with("aa"));
  }

  @Test
  void commandsActOnTheTopicOfTheTalk() {
    groups.run(new GroupCommand.Leave());
    assertThat(lines())
        .containsExactly("* in which topic? /topic NAME turns to one, /topics lists yours");
    dialogue.talkIn("tea");
    server.asked.clear();
    clear();
    server.told.put(
        "topic.members", "{'members':[{'user':'aa','joinTime':60},{'user':'bb','joinTime':120}]}");
    groups.run(new GroupCommand.Members());
    groups.run(new GroupCommand.Invite(List.of("dd")));
    groups.run(new GroupCommand.Kick("dd"));
    groups.run(new GroupCommand.Transfer("aa"));
    server.told.put("topic.rename", "{'topic':'tea','name':'Coffee'}");
    groups.run(new GroupCommand.Rename("Coffee"));
    groups.run(new GroupCommand.Leave());

    assertThat(server.asked)
        .containsExactly(
            "topic.members {\"topic\":\"tea\"}",
            "topic.invite {\"topic\":\"tea\",\"members\":[\"dd\"]}",
            "topic.kick {\"topic\":\"tea\",\"member\":\"dd\"}",
            "topic.transfer {\"topic\":\"tea\",\"member\":\"aa\"}",
            "topic.rename {\"topic\":\"tea\",\"name\":\"Coffee\"}",
            "topic.leave {\"topic\":\"tea\"}");
    assertThat(lines())
        .containsExactly(
            "* aa, since 1970-01-01 00:01",
            "* bb, since 1970-01-01 00:02",
            "* dd joined Tea",
            "* you removed dd from Tea",
            "* aa is the founder of Tea now",
            "* you renamed the topic to Coffee",
            "* you left Coffee");
    assertThat(dialogue.talk()).isNull();
  }

  @Test
  void theFounderAloneEndsATopic() {
    dialogue.talkIn("tea");
    clear();
    server.failure = FakeChatServer.refusal(4003, "forbidden");
    groups.run(new GroupCommand.Disband());
    assertThat(lines())
        .containsExactly("* 4003 forbidden; only the founder may; /topic tea names the founder");
    assertThat(dialogue.talk()).isEqualTo(Talk.in("tea"));
    server.failure = null;
    groups.run(new GroupCommand.Disband());

    assertThat(lines()).last().isEqualTo("* you ended Tea");
    assertThat(dialogue.talk()).isNull();
  }

  @Test
  void aTopicMayBeByInvitationAndWithHistory() {
    groups.run(new GroupCommand.Create("tea", List.of("aa"), true, true));

    assertThat(server.asked)
        .startsWith(
            "topic.create {\"topic\":\"tea\",\"name\":\"tea\",\"members\":[\"aa\"],"
                + "\"join\":\"invite\",\"history\":true}");
  }

  @Test
  void theTopicOfTheTalkIsDescribedAndItsMembersComeInPages() {
    dialogue.talkIn("tea");
    clear();
    server.told.put("topic.members", "{'members':[{'user':'cc','joinTime':60}],'next':'cc'}");
    groups.run(new GroupCommand.Info());
    groups.run(new GroupCommand.Members("bb"));

    assertThat(server.asked).contains("topic.members {\"topic\":\"tea\",\"after\":\"bb\"}");
    assertThat(lines())
        .containsExactly(
            "* Tea (tea): 3 members, founder aa, open to all",
            "* cc, since 1970-01-01 00:01",
            "* and more; /members cc goes on");
  }

  private void changed(
      String topic, TopicChange change, String by, String name, String... members) {
    dialogue.topicChanged(
        new ClientEvent.TopicChanged(topic, change, by, List.of(members), name, AT, 5));
  }

  private List<String> lines() {
    return printed.toString().lines().toList();
  }

  private void clear() {
    printed.getBuffer().setLength(0);
  }
}
