package im.linnet.cli;

import im.linnet.cli.chat.Console;
import im.linnet.cli.chat.Consoles;
import im.linnet.cli.chat.PipedChat;
import im.linnet.cli.chat.TerminalChat;
import im.linnet.cli.config.Addresses;
import im.linnet.cli.config.TextFile;
import im.linnet.cli.config.TlsOptions;
import im.linnet.client.ClientConfig;
import im.linnet.client.ClientTls;
import im.linnet.client.ServerAddress;
import im.linnet.client.TokenSupplier;
import im.linnet.schemas.Names;
import im.linnet.settings.SettingException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code linnet chat}. */
@Command(
    name = "chat",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = {
      "Talk in a terminal. Each typed line is a message; a paste of several lines is one message.",
      "Shows earlier messages, ticks (✓ stored, ✓✓ read) and whether the other user is online."
          + " Reconnects by itself.",
      "Commands begin with a slash, for example /to NAME, /topic NAME, /create NAME, /add NAME and"
          + " /chats. /help lists all of them, and /quit ends.",
      "Without a terminal it reads its input and sends each line that is not empty as a message. It"
          + " shows nothing and marks nothing as read. The exit code is 0 if all was sent, else 1.",
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  linnet chat --as aa --to bb",
      "  echo 'Lunch?' | linnet chat --as aa --to bb",
      "  linnet chat --as aa --server edge1:9000 --server edge2:9000 --tls \\",
      "      --token-file aa.token"
    })
final class ChatCommand implements Callable<Integer> {
  private static final int MOST_HISTORY = 200;

  /** Few, since a server remembers 16 devices of a user. */
  private static final List<String> PIPES = List.of("pipe", "pipe-2", "pipe-3", "pipe-4");

  @Option(names = "--as", paramLabel = "USER", required = true, description = "Your user name.")
  String user = "";

  @Option(names = "--to", paramLabel = "USER", description = "The user to talk to.")
  @Nullable String peer;

  @Option(
      names = "--server",
      paramLabel = "HOST:PORT",
      split = ",",
      description = {
        "TCP address of an edge; several with commas between them, or the option several times",
        "(default: 127.0.0.1:9000)."
      })
  List<String> servers = List.of("127.0.0.1:9000");

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "File with a token of --as; it is read again for each connection.")
  @Nullable Path tokenFile;

  @Option(
      names = "--token-server",
      paramLabel = "HOST:PORT",
      description = {
        "HTTP address of a 'linnet up' on this machine. It gives the token, if there is no"
            + " --token-file",
        "(default: ${DEFAULT-VALUE})."
      })
  String tokenServer = "127.0.0.1:8080";

  @Mixin final TlsOptions security = new TlsOptions();

  @Option(
      names = "--device",
      paramLabel = "NAME",
      description = {
        "A name for this terminal. A second chat with the same user and device ends the first."
            + " (default: 'terminal'; piped input takes the first of 'pipe', 'pipe-2' to 'pipe-4'"
            + " that no other pipe takes over)."
      })
  @Nullable String device;

  @Option(
      names = "--history",
      paramLabel = "N",
      description = {
        "Number of earlier messages to show, 1 to 200 (default: ${DEFAULT-VALUE}). If more are"
            + " unread, more are shown, up to 200."
      })
  int history = 20;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    requireUser(user, "--as");
    if (peer != null) {
      requireUser(peer, "--to");
    }
    if (history < 1 || history > MOST_HISTORY) {
      throw new SettingException(history + " messages", "--history", "give 1 to " + MOST_HISTORY);
    }
    ClientTls tls = security.tls();
    return Consoles.isTyped() ? talk(tls) : send(tls);
  }

  private int talk(@Nullable ClientTls tls) throws InterruptedException {
    ClientConfig config = config(tls, "terminal");
    TokenSupplier tokens = tokens(tls);
    Console console = Consoles.open(System.getenv(), spec.commandLine().getOut());
    try (TerminalChat chat = new TerminalChat(config, tokens, user, peer, history, console)) {
      return chat.run();
    }
  }

  private int send(@Nullable ClientTls tls) throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    ClientConfig config = config(tls, PIPES.getFirst());
    List<String> devices = device == null ? PIPES : List.of(config.device());
    try (PipedChat chat = new PipedChat(config, devices, tokens(tls), peer, System.in, err)) {
      return chat.run();
    }
  }

  private ClientConfig config(@Nullable ClientTls tls, String usualDevice) {
    String name = device == null ? usualDevice : device;
    List<ServerAddress> addresses = new ArrayList<>();
    for (String server : servers) {
      addresses.add(Addresses.parse(server.strip(), "--server"));
    }
    if (!Names.isToken(name)) {
      throw new SettingException(
          "'" + name + "' is not a device's name",
          "--device",
          "give 1-64 characters of A-Z a-z 0-9 . _ @ -");
    }
    ClientConfig config = ClientConfig.of(addresses).withDevice(name);
    return tls == null ? config : config.withTls(tls);
  }

  private TokenSupplier tokens(@Nullable ClientTls tls) {
    Path file = tokenFile;
    if (file == null) {
      TokenEndpoint endpoint = new TokenEndpoint(tokenServer, tls);
      return worded(() -> own(endpoint.token(user), user, "--token-server"));
    }
    return fileTokens(file, user);
  }

  /**
   * The token in a file, read and checked anew for each connection.
   *
   * @throws SettingException if it cannot be used now; later that is an {@link IOException}
   */
  static TokenSupplier fileTokens(Path file, String user) {
    read(file, user);
    return worded(() -> read(file, user));
  }

  /** A client shows the words of an I/O fault alone, and tries again after it. */
  private static TokenSupplier worded(TokenSupplier tokens) {
    return () -> {
      try {
        return tokens.token();
      } catch (SettingException e) {
        throw new IOException(e.getMessage(), e);
      }
    };
  }

  private static String read(Path file, String user) {
    return own(TextFile.text(file, "the token", "--token-file").strip(), user, "--token-file");
  }

  private static String own(String token, String user, String key) {
    OwnToken.require(token, user, key);
    return token;
  }

  private static void requireUser(String name, String key) {
    if (!Names.isUser(name)) {
      throw new SettingException(
          "'" + name + "' is not a user name", key, "give 1-64 characters of A-Z a-z 0-9 . _ @ -");
    }
  }
}
