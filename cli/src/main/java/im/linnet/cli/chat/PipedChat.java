package im.linnet.cli.chat;

import im.linnet.client.ChatClient;
import im.linnet.client.ChatListener;
import im.linnet.client.ChatOps;
import im.linnet.client.ClientConfig;
import im.linnet.client.ServerAddress;
import im.linnet.client.TokenSupplier;
import java.io.InputStream;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A chat without a person. It sends its input, one message for each line. It shows nothing and
 * marks nothing as read, and a failure is a line on stderr. It connects for the first message, so
 * an empty input needs no server.
 */
public final class PipedChat implements AutoCloseable {
  /**
   * The first answer is due in 10 s. This leaves a slow machine 4 s for the start of the process.
   */
  private static final Duration FIRST_CONTACT = Duration.ofSeconds(6);

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** The client gives a request up first: it knows the server's last answer. */
  private static final Duration LINE_PATIENCE = PATIENCE.plusSeconds(1);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_CROWDED_PAUSE = Duration.ofSeconds(2);

  private final PipedSessions sessions;
  private final PrintWriter err;
  private final PipedMessages messages;
  private final Thread onSignal = new Thread(this::interrupted, "linnet-chat-interrupted");

  /**
   * Opens nothing yet.
   *
   * @param devices names for its sessions; the next one is used if another session takes the last
   * @param peer the recipient, null if the input names it
   */
  public PipedChat(
      ClientConfig config,
      List<String> devices,
      TokenSupplier tokens,
      @Nullable String peer,
      InputStream in,
      PrintWriter err) {
    ClientConfig timed = config.withTimes(CONNECT, PATIENCE, FIRST_PAUSE, LONGEST_PAUSE);
    this.err = err;
    this.sessions =
        new PipedSessions(
            devices,
            addresses(timed),
            (device, listener) -> dial(timed.withDevice(device), tokens, listener),
            FIRST_CONTACT,
            PATIENCE,
            LONGEST_CROWDED_PAUSE);
    this.messages =
        new PipedMessages(new PipedLines(in), peer, sessions, this::complain, LINE_PATIENCE);
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
    sessions.close();
  }

  private static PipedSessions.Dialed dial(
      ClientConfig config, TokenSupplier tokens, ChatListener listener) {
    ChatClient client = new ChatClient(config, tokens, listener);
    client.start();
    return new PipedSessions.Dialed() {
      @Override
      public ChatOps server() {
        return client;
      }

      @Override
      public void close() {
        client.close();
      }
    };
  }

  private static String addresses(ClientConfig config) {
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
      // A signal came just now: the shutdown hook decides on the exit code.
      return;
    }
  }

  private void complain(String reason) {
    err.println("linnet: " + Printable.line(reason));
    err.flush();
  }
}
