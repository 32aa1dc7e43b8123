package im.linnet.cli;

import im.linnet.cli.chat.TerminalChat;
import im.linnet.cli.config.ConfigException;
import im.linnet.cli.config.TlsOptions;
import im.linnet.client.ClientConfig;
import im.linnet.client.ClientTls;
import im.linnet.client.ServerAddress;
import im.linnet.client.TokenSupplier;
import im.linnet.schemas.Names;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
      "Talk in a terminal. Each line that is typed, or piped in, is a message.",
      "Shows what was said before, ticks (✓ durable, ✓✓ read) and who is there; reconnects by"
          + " itself.",
      "Commands: /to NAME, /history [N], /more [N], /unread, /help, /quit."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  linnet chat --as aa --to bb",
      "  echo 'Lunch?' | linnet chat --as aa --to bb",
      "  linnet chat --as aa --server edge1:9000 --server edge2:9000 --tls --token-file aa.token"
    })
final class ChatCommand implements Callable<Integer> {
  private static final int MOST_HISTORY = 200;

  @Option(names = "--as", paramLabel = "USER", required = true, description = "Who you are.")
  String user = "";

  @Option(names = "--to", paramLabel = "USER", description = "Whom to talk to.")
  @Nullable String peer;

  @Option(
      names = "--server",
      paramLabel = "HOST:PORT",
      description = "TCP address of an edge; may be given several times (default: 127.0.0.1:9000).")
  List<String> servers = List.of("127.0.0.1:9000");

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "File with the token, read anew for each connection.")
  @Nullable Path tokenFile;

  @Option(
      names = "--token-server",
      paramLabel = "HOST:PORT",
      description = {
        "Where to ask for a token when there is no file: the HTTP address of a 'linnet up' on this"
            + " machine (default: ${DEFAULT-VALUE})."
      })
  String tokenServer = "127.0.0.1:8080";

  @Mixin final TlsOptions security = new TlsOptions();

  @Option(
      names = "--device",
      paramLabel = "NAME",
      description = "This device's name, where you have several (default: ${DEFAULT-VALUE}).")
  String device = "terminal";

  @Option(
      names = "--history",
      paramLabel = "N",
      description = {
        "Messages shown of a conversation, 1 to 200 (default: ${DEFAULT-VALUE}); more where more are"
            + " unread, up to 200."
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
    PrintWriter out = spec.commandLine().getOut();
    try (TerminalChat chat = new TerminalChat(config(tls), tokens(tls), user, peer, history, out)) {
      return chat.run(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
    }
  }

  private ClientConfig config(@Nullable ClientTls tls) {
    List<ServerAddress> addresses = new ArrayList<>();
    for (String server : servers) {
      try {
        addresses.add(ServerAddress.parse(server));
      } catch (IllegalArgumentException e) {
        throw new ConfigException("'" + server + "' is no address", "--server", "give host:port");
      }
    }
    if (!Names.isToken(device)) {
      throw new ConfigException(
          "'" + device + "' is no name for a device",
          "--device",
          "give 1-64 characters of A-Z a-z 0-9 . _ @ -");
    }
    ClientConfig config = ClientConfig.of(addresses).withDevice(device);
    return tls == null ? config : config.withTls(tls);
  }

  private TokenSupplier tokens(@Nullable ClientTls tls) {
    Path file = tokenFile;
    if (file == null) {
      TokenEndpoint endpoint = new TokenEndpoint(tokenServer, tls);
      return () -> endpoint.token(user);
    }
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new ConfigException("cannot read " + file, "--token-file", "give a readable file");
    }
    return () -> Files.readString(file).trim();
  }

  private static void requireUser(String name, String key) {
    if (!Names.isUser(name)) {
      throw new ConfigException(
          "'" + name + "' is no user name", key, "give 1-64 characters of A-Z a-z 0-9 . _ @ -");
    }
  }
}
