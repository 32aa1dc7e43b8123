package im.linnet.cli.chat;

import im.linnet.cli.chat.PipedMessages.NoSessionException;
import im.linnet.client.ChatClient;
import im.linnet.client.ClientConfig;
import im.linnet.client.ClientEvent;
import im.linnet.client.ServerAddress;
import im.linnet.client.TokenSupplier;
import java.io.InputStream;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A chat without a person: what is piped in is sent, one message for each line, and that is all.
 * Nothing is shown, nothing is marked as read, and what goes wrong is a line on stderr. It connects
 * for the first message, and not for an empty input.
 */
public final class PipedChat implements AutoCloseable {
  /** Below the 10 s that are promised, the start of the process included. */
  private static final Duration FIRST_CONTACT = Duration.ofSeconds(8);

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  private final ClientConfig config;
  private final ChatClient client;
  private final PrintWriter err;
  private final PipedMessages messages;
  private final Thread onSignal = new Thread(this::interrupted, "linnet-chat-interrupted");
  private final CompletableFuture<ChatServer> session = new CompletableFuture<>();
  private volatile @Nullable String trouble;
  private boolean started;

  /**
   * Opens nothing yet.
   *
   * @param peer to whom, null where the input is to say so
   */
  public PipedChat(
      ClientConfig config,
      TokenSupplier tokens,
      @Nullable String peer,
      InputStream in,
      PrintWriter err) {
    this.config = config.withTimes(CONNECT, PATIENCE, FIRST_PAUSE, LONGEST_PAUSE);
    this.err = err;
    this.client = new ChatClient(this.config, tokens, this::on);
    this.messages =
        new PipedMessages(new PipedLines(in), peer, this::session, this::complain, PATIENCE);
  }

  /**
   * Sends until the input ends.
   *
   * @return the exit code: 0 if all was sent
   */
  public int run() throws InterruptedException {
    Runtime.getRuntime().addShutdownHook(onSignal);
    try {
      return messages.run() ? 0 : 1;
    } finally {
      forgetSignal();
    }
  }

  @Override
  public void close() {
    client.close();
  }

  private void on(ClientEvent event) {
    switch (event) {
      case ClientEvent.Connected now -> session.complete(ChatServer.of(client));
      case ClientEvent.Disconnected lost -> trouble = lost.reason();
      case ClientEvent.Stopped stopped ->
          session.completeExceptionally(
              new NoSessionException(
                  "nothing was sent, since the server ended the session: " + stopped.reason()));
      default -> {}
    }
  }

  private ChatServer session() throws NoSessionException, InterruptedException {
    if (!started) {
      started = true;
      client.start();
    }
    try {
      return session.get(FIRST_CONTACT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof NoSessionException none
          ? none
          : new NoSessionException("nothing was sent: " + Wording.of(e));
    } catch (TimeoutException e) {
      String why = trouble;
      throw new NoSessionException(
          "nothing was sent, since there is no connection: "
              + (why == null ? addresses() + " does not answer" : why));
    }
  }

  private String addresses() {
    return config.addresses().stream()
        .map(ServerAddress::toString)
        .collect(Collectors.joining(", "));
  }

  private void interrupted() {
    complain("interrupted; lines sent: " + messages.sent() + ", and perhaps the next one");
  }

  private void forgetSignal() {
    try {
      Runtime.getRuntime().removeShutdownHook(onSignal);
    } catch (IllegalStateException e) {
      // A signal came just now: the hook has its say.
      return;
    }
  }

  private void complain(String reason) {
    err.println("linnet: " + Printable.line(reason));
    err.flush();
  }
}
