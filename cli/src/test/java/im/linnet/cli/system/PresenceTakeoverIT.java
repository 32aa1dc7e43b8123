package im.linnet.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import im.linnet.testkit.RawClient;
import im.linnet.testkit.RawTcpClient;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two presence-trackers, one of which is killed: how long presence is wrong. */
@Tag("mongodb")
class PresenceTakeoverIT {
  /** So many that each tracker has some of them, whichever partitions it was given. */
  private static final int USERS = 32;

  /**
   * What is promised is the heartbeat time-out plus 2 s, on a machine that has the time; on one
   * that builds and tests at once it may be twice that. How long it took is printed.
   */
  private static final Duration BOUND = Duration.ofSeconds(15);

  @Test
  void theOtherOneTakesOver(@TempDir Path folder) throws Exception {
    try (Installation linnet = new Installation(folder)) {
      linnet.startAll();
      linnet.startSecondPresence();
      List<String> names = IntStream.range(0, USERS).mapToObj(i -> "u" + i).toList();
      try (RawClient watcher = login(linnet, "watcher")) {
        String users = names.stream().map(n -> '"' + n + '"').collect(Collectors.joining(","));
        watcher.request("{\"id\":\"w\",\"op\":\"presence.watch\",\"users\":[" + users + "]}");
        List<RawClient> clients = names.stream().map(name -> login(linnet, name)).toList();
        awaitStatus(watcher, names, "online", Installation.START);
        linnet.presence().kill();
        long killed = System.nanoTime();
        clients.forEach(RawClient::close);
        awaitStatus(watcher, names, "offline", BOUND);
        Duration took = Duration.ofNanos(System.nanoTime() - killed);
        // Not at once: half of the users were the killed one's.
        assertThat(took).isBetween(Duration.ofSeconds(3), BOUND);
        System.out.printf("presence takeover: right again %d ms after a kill%n", took.toMillis());
      }
    }
  }

  private static RawClient login(Installation linnet, String user) {
    InetSocketAddress edge = linnet.edgeAddresses().getFirst();
    RawClient client = RawTcpClient.connect(edge.getHostString(), edge.getPort());
    client.send("{\"id\":\"a\",\"op\":\"auth\",\"token\":\"" + linnet.token(user) + "\"}");
    client.awaitPush("synced");
    return client;
  }

  private static void awaitStatus(
      RawClient watcher, List<String> names, String status, Duration atMost) {
    Set<String> missing = new TreeSet<>(names);
    watcher.await(
        1,
        frame -> {
          note(frame, status, missing);
          return missing.isEmpty();
        },
        atMost);
  }

  private static void note(JsonNode frame, String status, Set<String> missing) {
    if (frame.path("op").asText().equals("presence")
        && frame.path("status").asText().equals(status)) {
      missing.remove(frame.path("user").asText());
    }
  }
}
