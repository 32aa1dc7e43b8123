package im.linnet.cli.chat;

import im.linnet.cli.chat.PipedMessages.NoSessionException;
import im.linnet.client.ChatListener;
import im.linnet.client.ChatOps;
import im.linnet.client.ClientEvent;
import im.linnet.schemas.frame.CloseCode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The session for piped lines. A user has one session for each device name, and a newer session
 * ends the older one. If another pipe has ended the session, the next one takes the next name. So
 * parallel pipes of one user each find a name of their own. There are few names, since a server
 * remembers only some devices of a user. Owned by one thread.
 */
final class PipedSessions implements PipedMessages.Opening, AutoCloseable {
  /** The client tells the end of a session a moment after its requests have failed. */
  private static final Duration UNTIL_TOLD = Duration.ofSeconds(5);

  /** Opens sessions. */
  interface Dialer {
    /** Begins to connect under that device name; the listener is told the outcome. */
    Dialed dial(String device, ChatListener listener);
  }

  /** A client that connects, or is connected. */
  interface Dialed extends AutoCloseable {
    ChatOps server();

    @Override
    void close();
  }

  /** One session; its client tells its state on a thread of its own. */
  private final class Session implements ChatListener {
    final CompletableFuture<Boolean> opened = new CompletableFuture<>();
    final CompletableFuture<ClientEvent.Stopped> ended = new CompletableFuture<>();

    @Override
    public void on(ClientEvent event) {
      switch (event) {
        case ClientEvent.Connected now -> {
          trouble = null;
          opened.complete(true);
        }
        case ClientEvent.Disconnected lost -> trouble = lost.reason();
        case ClientEvent.Stopped stopped -> ended.complete(stopped);
        default -> {}
      }
    }
  }

  private final List<String> devices;
  private final String addresses;
  private final Dialer dialer;
  private final Duration firstContact;
  private final Duration patience;
  private final Duration longestPause;
  private @Nullable Session session;
  private @Nullable Dialed dialed;
  private volatile @Nullable String trouble;
  private boolean stood;
  private int moves;

  /**
   * Opens nothing yet.
   *
   * @param devices the names to use, one after the other; if the only name is lost, the chat ends
   * @param addresses the servers, for messages
   * @param firstContact the time in which the first session must open
   * @param patience the time in which a later session must open
   * @param longestPause the bound of the random wait after all names were taken over
   */
  PipedSessions(
      List<String> devices,
      String addresses,
      Dialer dialer,
      Duration firstContact,
      Duration patience,
      Duration longestPause) {
    this.devices = List.copyOf(devices);
    this.addresses = addresses;
    this.dialer = dialer;
    this.firstContact = firstContact;
    this.patience = patience;
    this.longestPause = longestPause;
  }

  @Override
  public ChatOps session() throws NoSessionException, InterruptedException {
    long deadline = System.nanoTime() + (stood ? patience : firstContact).toNanos();
    while (true) {
      Session now = session;
      Dialed client = dialed;
      if (now == null || client == null) {
        dial();
        continue;
      }
      awaitNews(now, deadline - System.nanoTime());
      if (!now.ended.isDone()) {
        stood = true;
        return client.server();
      }
      leave(now.ended.join());
    }
  }

  @Override
  public ChatOps renewed() throws NoSessionException, InterruptedException {
    Session now = session;
    if (now != null) {
      try {
        now.ended.get(UNTIL_TOLD.toMillis(), TimeUnit.MILLISECONDS);
      } catch (ExecutionException | TimeoutException e) {
        throw new NoSessionException("the session has ended");
      }
    }
    return session();
  }

  @Override
  public @Nullable String trouble() {
    return trouble;
  }

  @Override
  public void close() {
    if (dialed != null) {
      dialed.close();
    }
    dialed = null;
    session = null;
  }

  private void dial() {
    Session next = new Session();
    session = next;
    dialed = dialer.dial(device(), next);
  }

  private String device() {
    return devices.get(moves % devices.size());
  }

  private void awaitNews(Session now, long nanos) throws NoSessionException, InterruptedException {
    try {
      CompletableFuture.anyOf(now.opened, now.ended).get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException e) {
      String why = trouble;
      throw new NoSessionException(
          "there is no connection: " + (why == null ? addresses + " does not answer" : why));
    }
  }

  /** Goes on under the next name, if another session has taken this one. */
  private void leave(ClientEvent.Stopped ended) throws NoSessionException, InterruptedException {
    String reason = Wording.of(ended, device());
    if (ended.code() != CloseCode.REPLACED.code() || devices.size() == 1) {
      throw new NoSessionException(reason);
    }
    close();
    trouble = reason;
    moves++;
    if (moves % devices.size() == 0) {
      // There are more pipes than names: without a random pause they would end each other again and
      // again.
      TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextLong(longestPause.toMillis()));
    }
  }
}
