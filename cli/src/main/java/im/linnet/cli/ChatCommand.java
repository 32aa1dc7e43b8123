package im.linnet.cli;

import im.linnet.cli.chat.Console;
import im.linnet.cli.chat.Consoles;
import im.linnet.cli.chat.PipedChat;
import im.linnet.cli.chat.TerminalChat;
import im.linnet.cli.config.Addresses;
import im.linnet.cli.config.ConfigException;
import im.linnet.cli.config.TextFile;
import im.linnet.cli.config.TlsOptions;
import im.linnet.client.ClientConfig;
import im.linnet.client.ClientTls;
import im.linnet.client.ServerAddress;
import im.linnet.client.TokenSupplier;
import im.linnet.schemas.Names;
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
      "Talk in a terminal. Each line that is typed is a message; a paste of several lines is one.",
      "Shows what was said before, ticks (✓ stored, ✓✓ read) and whether the other one is online;"
          + " reconnects by itself.",
      "Commands: /to NAME, /history [N], /more [N], /unread, /help, /quit.",
      "Without a terminal it sends what is piped in, a message for each line that is not empty, and"
          + " ends. Then it shows and marks nothing; the exit code is 0 if all was sent, else 1.",
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

  @Option(names = "--as", paramLabel = "USER", required = true, description = "Your user name.")
  String user = "";

  @Option(names = "--to", paramLabel = "USER", description = "The user to talk to.")
  @Nullable String peer;

  @Option(
      names = "--server",
      paramLabel = "HOST:PORT",
      description = "TCP address of an edge; may be given several times (default: 127.0.0.1:9000).")
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
        "The HTTP address to ask for a token without --token-file: that of a 'linnet up'"
            + " on this machine",
        "(default: ${DEFAULT-VALUE})."
      })
  String tokenServer = "127.0.0.1:8080";

  @Mixin final TlsOptions security = new TlsOptions();

  @Option(
      names = "--device",
      paramLabel = "NAME",
      description = {
        "A name for this terminal; a second chat with the same user and device ends the first"
            + " (default: 'terminal', or 'pipe' for piped input)."
      })
  @Nullable String device;

  @Option(
      names = "--history",
      paramLabel = "N",
      description = {
        "Messages shown of a conversation, 1 to 200 (default: ${DEFAULT-VALUE}); more if more"
            + " are unread, up to 200."
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
      throw new ConfigException(history + " messages", "--history", "give 1 to " + MOST_HISTORY);
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
    try (PipedChat chat = new PipedChat(config(tls, "pipe"), tokens(tls), peer, System.in, err)) {
      return chat.run();
    }
  }

  private ClientConfig config(@Nullable ClientTls tls, String usualDevice) {
    String name = device == null ? usualDevice : device;
    List<ServerAddress> addresses = new ArrayList<>();
    for (String server : servers) {
      addresses.add(Addresses.parse(server, "--server"));
    }
    if (!Names.isToken(name)) {
      throw new ConfigException(
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
      return () -> {
        String token = endpoint.token(user);
        OwnToken.require(token, user, "--token-server");
        return token;
      };
    }
    OwnToken.require(read(file), user, "--token-file");
    return () -> read(file);
  }

  private static String read(Path file) {
    return TextFile.text(file, "the token", "--token-file").strip();
  }

  private static void requireUser(String name, String key) {
    if (!Names.isUser(name)) {
      throw new ConfigException(
          "'" + name + "' is not a user name", key, "give 1-64 characters of A-Z a-z 0-9 . _ @ -");
    }
  }
}
