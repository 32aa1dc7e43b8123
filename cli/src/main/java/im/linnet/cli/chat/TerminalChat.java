package im.linnet.cli.chat;

import im.linnet.client.ChatClient;
import im.linnet.client.ChatListener;
import im.linnet.client.ClientConfig;
import im.linnet.client.ClientEvent;
import im.linnet.client.TokenSupplier;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The chat of one user. It sends typed lines to the peer and prints messages, until the input or
 * the session ends. One thread reads lines; events come on the client's thread. Both work on the
 * {@link Dialogue}.
 */
public final class TerminalChat implements ChatListener, AutoCloseable {
  private static final long PATIENCE_MILLIS = 15_000;

  /** The time for which a message waits for a connection, visible to its sender. */
  private static final Duration UNTIL_SENT = Duration.ofMinutes(10);

  private static final long FIRST_CONTACT_MILLIS = 10_000;

  private final Console console;
  private final Screen screen;
  private final ChatClient client;
  private final Answers answers;
  private final Dialogue dialogue;
  private final Groups groups;
  private final Friends friends;
  private final People people;
  private final String device;
  private final CompletableFuture<Integer> end = new CompletableFuture<>();
  private final long began = System.nanoTime();
  private boolean wasConnected;
  private boolean lost;

  /**
   * Opens nothing yet.
   *
   * @param peer the first peer, null for none
   * @param historyLength messages shown when a conversation is opened, 1 to 200
   * @param console the console of the user; closed with this chat
   */
  public TerminalChat(
      ClientConfig config,
      TokenSupplier tokens,
      String user,
      @Nullable String peer,
      int historyLength,
      Console console) {
    this.console = console;
    this.device = config.device();
    this.screen = new Screen(console, ZoneId.systemDefault());
    this.answers = new Answers(screen);
    this.client =
        new ChatClient(
            config.withTimes(
                config.connectTimeout(), UNTIL_SENT, config.backoffBase(), config.backoffCap()),
            tokens,
            this);
    this.dialogue =
        new Dialogue(user, peer, historyLength, screen, client, answers, PATIENCE_MILLIS);
    Asking asking = new Asking(answers, screen, PATIENCE_MILLIS);
    this.groups = new Groups(user, dialogue, client, asking, screen);
    this.friends = new Friends(user, client, asking);
    this.people = new People(dialogue, client, asking, screen);
  }

  /**
   * Talks until the input ends, {@code /quit}, or the server has ended the session for good.
   *
   * @return the exit code: 1 if a message was not sent, or there was no session
   */
  public int run() throws InterruptedException {
    client.start();
    Thread.ofPlatform().daemon().name("linnet-chat-input").start(this::readLines);
    try {
      return end.get();
    } catch (ExecutionException e) {
      screen.note("the terminal cannot be read");
      return 1;
    }
  }

  @Override
  public void close() {
    client.close();
    console.close();
  }

  /** Called on the client's thread only, which owns the state of the connection. */
  @Override
  public void on(ClientEvent event) {
    switch (event) {
      case ClientEvent.Connected now -> {
        screen.note(
            wasConnected
                ? "connected again"
                : "you are " + now.clientId() + "; /help lists commands");
        wasConnected = true;
        lost = false;
      }
      case ClientEvent.Synced now -> dialogue.synced(now);
      case ClientEvent.MessageReceived received -> dialogue.received(received.message());
      case ClientEvent.MessageChanged changed -> dialogue.changed(changed);
      case ClientEvent.ReadReceived read -> dialogue.read(read);
      case ClientEvent.PresenceChanged changed -> screen.presence(changed.presence());
      case ClientEvent.Disconnected failed -> disconnected(failed);
      case ClientEvent.Stopped stopped -> {
        if (stopped.code() != 0) {
          screen.note(Wording.of(stopped, device));
          end.complete(1);
        }
      }
      case ClientEvent.TopicChanged changed -> dialogue.topicChanged(changed);
      case ClientEvent.Typing typing -> {}
      case ClientEvent.Other other -> {}
    }
  }

  /** Each outage is one line, for any number of attempts. */
  private void disconnected(ClientEvent.Disconnected failed) {
    long waited = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    if (!wasConnected && waited > FIRST_CONTACT_MILLIS) {
      screen.note("no connection: " + failed.reason() + "; is 'linnet up' running?");
      end.complete(1);
    } else if (!lost) {
      lost = true;
      screen.note(
          wasConnected
              ? "connection lost; trying again (Enter tries at once)"
              : "no connection yet: " + failed.reason() + "; trying again");
    }
  }

  private void readLines() {
    try {
      String typed = console.read(prompt());
      while (typed != null) {
        client.reconnectNow();
        Line line = Line.parse(typed);
        handle(line);
        typed = line instanceof Line.Quit ? null : console.read(prompt());
      }
      finish();
    } catch (IOException e) {
      end.completeExceptionally(e);
    }
  }

  private String prompt() {
    Talk talk = dialogue.talk();
    return talk == null ? "> " : talk.prompt();
  }

  private void handle(Line line) {
    switch (line) {
      case Line.Blank blank -> {}
      case Line.Say said -> dialogue.send(said.text());
      case Line.To to -> dialogue.talkTo(to.name());
      case Line.Topic topic -> dialogue.talkIn(topic.name());
      case Line.Nobody nobody -> {
        dialogue.talkToNobody();
        screen.note(nobody.reason() + "; you talk to nobody now");
      }
      case Line.History history -> dialogue.history(history.count());
      case Line.More more -> dialogue.more(more.count());
      case Line.Change change -> dialogue.change(change.change());
      case Line.Unread unread -> dialogue.unread();
      case Line.Group group -> groups.run(group.command());
      case Line.Friend friend -> friends.run(friend.command());
      case Line.People person -> people.run(person.command());
      case Line.Readers readers -> people.readers();
      case Line.Help help -> screen.help();
      case Line.Wrong wrong -> screen.note(wrong.reason());
      case Line.Quit quit -> {}
    }
  }

  /** Waits for the requests under way; Ctrl-C ends the wait. */
  private void finish() {
    boolean late = false;
    if (!answers.allCame()) {
      screen.note("waiting for the server to answer; Ctrl-C ends at once");
    }
    try {
      answers.await(2 * PATIENCE_MILLIS);
    } catch (ExecutionException | TimeoutException e) {
      late = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    end.complete(late || dialogue.failed() ? 1 : 0);
  }
}
