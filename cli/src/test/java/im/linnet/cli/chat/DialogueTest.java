package im.linnet.cli.chat;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.client.ClientEvent;
import im.linnet.client.Message;
import im.linnet.client.MessageChange;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.event.MessageId;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringWriter;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What stands on the screen of bb, who talks to aa, and what aa may take for read. */
class DialogueTest {
  private static final ClientEvent.Synced SYNCED = new ClientEvent.Synced(List.of(), false, false);

  private final FakeChatServer server = new FakeChatServer();
  private final StringWriter printed = new StringWriter();
  private final Screen screen =
      new Screen(
          new PlainConsole(new BufferedReader(Reader.nullReader()), new PrintWriter(printed)),
          ZoneOffset.UTC);
  private final Dialogue dialogue =
      new Dialogue("bb", "aa", 20, screen, server, new Answers(screen), 5_000);

  @Test
  void showsAllThatIsUnreadOldestFirstAndMarksIt() {
    server.says("aa", "bb", 50);
    dialogue.synced(SYNCED);

    assertThat(contents()).isEqualTo(numbered(1, 50));
    assertThat(notes()).isEmpty();
    assertThat(server.unreadFrom("aa")).isZero();
  }

  @Test
  void showsAllThatIsUnreadAlsoWherePagesAreShort() {
    server.longestPage = 3;
    server.says("aa", "bb", 50);
    dialogue.synced(SYNCED);

    assertThat(contents()).isEqualTo(numbered(1, 50));
    assertThat(server.unreadFrom("aa")).isZero();
  }

  @Test
  void marksNothingThatIsBeyondTheBoundAndSaysHowToSeeIt() {
    server.says("aa", "bb", 500);
    dialogue.synced(SYNCED);

    assertThat(contents()).isEqualTo(numbered(301, 500));
    assertThat(server.unreadFrom("aa")).isEqualTo(300);
    assertThat(notes()).containsExactly("* 300 earlier ones from aa are unread; /more shows them");
  }

  @Test
  void moreShowsAndMarksTheRestStepByStep() {
    server.says("aa", "bb", 500);
    dialogue.synced(SYNCED);
    clear();
    dialogue.more(OptionalInt.of(200));
    assertThat(contents()).isEqualTo(numbered(101, 300));
    assertThat(notes()).containsExactly("* 100 earlier ones from aa are unread; /more shows them");
    clear();
    dialogue.more(OptionalInt.of(200));
    assertThat(contents()).isEqualTo(numbered(1, 100));
    assertThat(server.unreadFrom("aa")).isZero();
    clear();
    dialogue.more(OptionalInt.empty());

    assertThat(notes()).containsExactly("* there are no earlier messages");
  }

  @Test
  void saysThatThereMayBeMoreThanTheServerCounts() {
    server.says("aa", "bb", 1_500);
    dialogue.synced(SYNCED);

    assertThat(notes()).containsExactly("* 800+ earlier ones from aa are unread; /more shows them");
  }

  @Test
  void aMessageThatComesMarksItselfAlone() {
    server.says("aa", "bb", 500);
    dialogue.synced(SYNCED);
    clear();
    dialogue.received(server.says("aa", "bb", "now"));

    assertThat(contents()).containsExactly("now");
    assertThat(server.marks.getLast()).containsExactly("u500");
    assertThat(server.unreadFrom("aa")).isEqualTo(300);
  }

  @Test
  void aMessageToOneselfIsReadAtOnce() {
    Dialogue own = new Dialogue("bb", "bb", 20, screen, server, new Answers(screen), 5_000);
    own.synced(SYNCED);
    own.send("note");

    assertThat(server.marks).containsExactly(List.of("u0"));
  }

  @Test
  void changesTheLastOwnMessageOfTheTalk() {
    dialogue.synced(SYNCED);
    dialogue.change(new MessageChange.Edit("x"));
    assertThat(notes()).containsExactly("* you said nothing here that can be changed");

    dialogue.send("Helo");
    dialogue.received(server.says("aa", "bb", "?"));
    clear();
    dialogue.change(new MessageChange.Edit("Hello"));
    assertThat(server.changes).containsOnly(Map.entry("u0", new MessageChange.Edit("Hello")));
    assertThat(printed.toString()).contains("bb (edited): Hello");

    server.failure = FakeChatServer.UNAVAILABLE;
    clear();
    dialogue.change(new MessageChange.Edit("Hallo"));
    assertThat(notes()).containsExactly("* not changed: 5003 unavailable");
    assertThat(dialogue.failed()).isTrue();
    server.failure = null;

    dialogue.talkTo("cc");
    clear();
    dialogue.change(new MessageChange.Edit("Hallo"));
    assertThat(notes()).containsExactly("* you said nothing here that can be changed");
    assertThat(server.changes).hasSize(1);
  }

  @Test
  void takesTheLastOwnMessageBackOnce() {
    dialogue.synced(SYNCED);
    dialogue.send("Hello");
    clear();
    dialogue.change(new MessageChange.Recall());
    assertThat(notes()).containsExactly("* bb took a message back");
    dialogue.change(new MessageChange.Edit("x"));
    assertThat(notes()).last().isEqualTo("* you said nothing here that can be changed");
    assertThat(server.changes).containsOnly(Map.entry("u0", new MessageChange.Recall()));
  }

  @Test
  void showsWhatThePeerChangesAndNothingOfOthers() {
    dialogue.synced(SYNCED);
    for (String from : List.of("aa", "cc")) {
      MessageId message = new MessageId(Stream.P2P, "bb", "u", from);
      dialogue.changed(
          new ClientEvent.MessageChanged(
              message, new MessageChange.Edit("of " + from), new Position(Stream.P2P, 0, 9), 5));
    }
    assertThat(printed.toString()).contains("aa (edited): of aa").doesNotContain("of cc");
  }

  @Test
  void findsWhatIsUnreadBehindWhatIsRead() {
    server.says("aa", "bb", 60);
    for (int i = 10; i < 60; i++) {
      server.read.add("u" + i);
    }
    dialogue.synced(SYNCED);

    assertThat(contents()).isEqualTo(numbered(1, 60));
    assertThat(server.unreadFrom("aa")).isZero();
  }

  @Test
  void turningToSomebodyShowsAndMarksThemOnly() {
    server.says("aa", "bb", 3);
    server.says("cc", "bb", 30);
    dialogue.synced(SYNCED);
    assertThat(notes()).containsExactly("* 30 unread from cc (/to cc)");
    assertThat(server.unreadFrom("cc")).isEqualTo(30);
    clear();
    dialogue.talkTo("cc");

    assertThat(contents()).isEqualTo(numbered(1, 30));
    assertThat(server.unreadFrom("cc")).isZero();
    assertThat(server.watched).containsExactly("aa", "cc");
  }

  @Test
  void whatOthersWriteIsSaidAndNotMarked() {
    dialogue.synced(SYNCED);
    dialogue.received(server.says("cc", "bb", "psst"));

    assertThat(notes()).containsExactly("* cc wrote (/to cc)");
    assertThat(server.unreadFrom("cc")).isEqualTo(1);
  }

  @Test
  void whatComesBeforeItIsSyncedIsShownOnceByTheOpening() {
    dialogue.received(server.says("aa", "bb", "early"));
    assertThat(contents()).isEmpty();
    dialogue.synced(SYNCED);
    dialogue.received(server.said.getFirst());

    assertThat(contents()).containsExactly("early");
  }

  @Test
  void aCutShowsWhatWasLeftOut() {
    server.says("aa", "bb", 2);
    dialogue.synced(SYNCED);
    clear();
    server.says("aa", "bb", "missed");
    dialogue.synced(new ClientEvent.Synced(List.of(), true, false));

    assertThat(contents()).containsExactly("missed");
    assertThat(server.unreadFrom("aa")).isZero();
  }

  @Test
  void historyShowsAgainWhatWasSaid() {
    server.says("aa", "bb", 4);
    dialogue.synced(SYNCED);
    clear();
    dialogue.history(OptionalInt.of(3));

    assertThat(contents()).isEqualTo(numbered(2, 4));
  }

  @Test
  void aMessageThatWasNotSentIsSaid() {
    server.failure = FakeChatServer.UNAVAILABLE;
    dialogue.send("Hello");

    assertThat(printed.toString().lines())
        .containsExactly("--:-- bb: Hello  (sending)", "* NOT SENT: Hello (5003 unavailable)");
    assertThat(dialogue.failed()).isTrue();
  }

  @Test
  void aMessageIsPendingUntilItIsAcknowledged() {
    dialogue.send("Hello\nyou");

    assertThat(printed.toString().lines())
        .containsExactly("--:-- bb: Hello ...  (sending)", "00:00 bb: Hello", "      you  ✓");
  }

  @Test
  void nobodyKnowsWhatBecameOfAMessageWithoutAnAnswer() {
    server.late = true;
    dialogue.send("Hello");

    assertThat(notes())
        .containsExactly("* PERHAPS NOT SENT: Hello (the server did not answer in time)");
  }

  @Test
  void requestsAreCountedNamedShownWithTheirTypeAndMarked() {
    server.says("aa", "bb", 2);
    Message request = server.says(Stream.MUTUAL, "add_friend", "cc", "bb", "It is me");
    dialogue.received(request);
    dialogue.synced(SYNCED);
    dialogue.unread();
    assertThat(notes())
        .containsExactly(
            "* 1 request from cc (/to cc)", "* 1 unread", "* 1 request from cc (/to cc)");
    clear();
    dialogue.talkTo("cc");

    assertThat(printed.toString().lines()).containsExactly("00:00 cc [add_friend]: It is me");
    assertThat(server.unreadFrom(Stream.MUTUAL, "cc")).isZero();
    clear();
    dialogue.unread();
    assertThat(notes()).containsExactly("* 0 unread");
    dialogue.received(server.says(Stream.MUTUAL, "wave", "cc", "bb", "Hi"));
    assertThat(contents()).containsExactly("Hi");
    assertThat(server.unreadFrom(Stream.MUTUAL, "cc")).isZero();
  }

  @Test
  void requestsStandWhereTheyWereMade() {
    server.says("aa", "bb", "m1");
    server.says(Stream.MUTUAL, "wave", "aa", "bb", "request");
    server.says("aa", "bb", "m2");
    dialogue.synced(SYNCED);

    assertThat(contents()).containsExactly("m1", "request", "m2");
  }

  @Test
  void nothingGoesToTheOneBeforeOnceItIsSomebodyElsesTurn() {
    dialogue.synced(SYNCED);
    dialogue.talkToNobody();
    dialogue.send("Hello");

    assertThat(server.said).isEmpty();
    assertThat(notes()).containsExactly("* to whom? /to NAME");
  }

  @Test
  void withoutHistoryNothingIsMarked() {
    server.says("aa", "bb", 5);
    server.failure = FakeChatServer.UNAVAILABLE;
    dialogue.synced(SYNCED);
    assertThat(notes()).containsExactly("* no history: 5003 unavailable");
    server.failure = null;

    assertThat(server.unreadFrom("aa")).isEqualTo(5);
    dialogue.history(OptionalInt.empty());
    assertThat(contents()).isEqualTo(numbered(1, 5));
    assertThat(server.unreadFrom("aa")).isZero();
  }

  @Test
  void nobodyToTalkToIsSaid() {
    Dialogue alone = new Dialogue("bb", null, 20, screen, server, new Answers(screen), 5_000);
    alone.send("Hello");
    alone.history(OptionalInt.empty());
    alone.more(OptionalInt.empty());

    assertThat(notes())
        .containsExactly("* to whom? /to NAME", "* with whom? /to NAME", "* with whom? /to NAME");
  }

  private static List<String> numbered(int first, int last) {
    return IntStream.rangeClosed(first, last).mapToObj(i -> "m" + i).toList();
  }

  /** What was said, without time and ticks. */
  private List<String> contents() {
    List<String> contents = new ArrayList<>();
    for (String line : printed.toString().lines().toList()) {
      if (!line.startsWith("*")) {
        contents.add(line.substring(line.indexOf(": ") + 2).replaceAll("  ✓+$", ""));
      }
    }
    return contents;
  }

  private List<String> notes() {
    return printed.toString().lines().filter(line -> line.startsWith("*")).toList();
  }

  private void clear() {
    printed.getBuffer().setLength(0);
  }
}
