package im.linnet.cli.chat;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.client.ClientEvent;
import im.linnet.client.MessageChange;
import im.linnet.client.Sent;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.event.MessageId;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringWriter;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which message a change of bb's hits, and which one a change of aa's is said to hit. */
class OwnChangesTest {
  private final FakeChatServer server = new FakeChatServer();
  private final StringWriter printed = new StringWriter();
  private final Screen screen =
      new Screen(
          new PlainConsole(new BufferedReader(Reader.nullReader()), new PrintWriter(printed)),
          ZoneOffset.UTC);
  private final Dialogue dialogue =
      new Dialogue("bb", "aa", 20, screen, server, new Answers(screen), 5_000);

  @BeforeEach
  void synced() {
    dialogue.synced(new ClientEvent.Synced(List.of(), false, false));
  }

  @Test
  void aMessageOnItsWayIsChangedOnceItIsDurable() {
    CompletableFuture<Sent> ack = new CompletableFuture<>();
    dialogue.send("One");
    server.held = ack;
    dialogue.send("Helo");
    dialogue.change(new MessageChange.Edit("Hello"));
    assertThat(server.changes).isEmpty();
    ack.complete(new Sent("u9", new Position(Stream.P2P, 0, 9), 5));

    assertThat(server.changes).containsOnlyKeys("u9");
  }

  @Test
  void aMessageThatWasNotSentIsNotChanged() {
    CompletableFuture<Sent> ack = new CompletableFuture<>();
    server.held = ack;
    dialogue.send("Helo");
    dialogue.change(new MessageChange.Edit("Hello"));
    ack.completeExceptionally(FakeChatServer.UNAVAILABLE);

    assertThat(server.changes).isEmpty();
    assertThat(notes()).last().isEqualTo("* not changed: 5003 unavailable");
  }

  @Test
  void afterARecallTheMessageBeforeIsTheLast() {
    dialogue.send("One");
    dialogue.send("Two");
    dialogue.change(new MessageChange.Recall());
    dialogue.change(new MessageChange.Recall());

    assertThat(server.changes).containsOnlyKeys("u0", "u1");
  }

  @Test
  void aRecallOnAnotherDeviceLeavesTheMessageBefore() {
    dialogue.send("One");
    dialogue.send("Two");
    changed("bb", "aa", "u1", new MessageChange.Recall());
    dialogue.change(new MessageChange.Edit("Uno"));

    assertThat(server.changes).containsOnlyKeys("u0");
  }

  @Test
  void earlierMessagesDoNotBecomeTheLast() {
    for (int i = 0; i < 30; i++) {
      server.says("bb", "aa", "m" + i);
    }
    dialogue.history(OptionalInt.of(5));
    dialogue.more(OptionalInt.of(5));
    dialogue.change(new MessageChange.Edit("x"));

    assertThat(server.changes).containsOnlyKeys("u29");
  }

  @Test
  void aChangeOfTheOtherNamesTheTimeOfItsMessage() {
    dialogue.received(server.says("aa", "bb", "Helo"));
    changed("aa", "bb", "u0", new MessageChange.Edit("Hello"));
    changed("aa", "bb", "u0", new MessageChange.Recall());
    changed("aa", "bb", "u7", new MessageChange.Recall());

    assertThat(printed.toString().lines())
        .containsExactly(
            "00:00 aa: Helo",
            "00:01 aa (edited of 00:00): Hello",
            "* aa took the message of 00:00 back",
            "* aa took a message back");
  }

  private void changed(String from, String to, String uuid, MessageChange change) {
    dialogue.changed(
        new ClientEvent.MessageChanged(
            new MessageId(Stream.P2P, to, uuid, from),
            change,
            new Position(Stream.P2P, 0, 9),
            60_000));
  }

  private List<String> notes() {
    return printed.toString().lines().filter(line -> line.startsWith("*")).toList();
  }
}
