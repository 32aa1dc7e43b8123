package im.linnet.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.testkit.FreePort;
import im.linnet.testkit.OsProcess;
import im.linnet.testkit.RawClient;
import im.linnet.testkit.RawTcpClient;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An edge that stands still until its epoch was ended, and wakes: alone it goes on, and its
 * sessions are announced again; where another process has its id by then it stops.
 */
@Tag("mongodb")
class ZombieEdgeIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void theOneThatStoodStillGoesOnAloneAndLosesToItsSuccessor(@TempDir Path folder)
      throws Exception {
    try (Installation linnet = new Installation(folder)) {
      linnet.startAll();
      int port = FreePort.next();
      OsProcess edge = linnet.startNamedEdge("stopped", port);
      try (RawClient watcher = login(linnet.edgeAddresses().getFirst(), linnet, "watcher");
          RawClient held = login(new InetSocketAddress("127.0.0.1", port), linnet, "held")) {
        watcher.request("{\"id\":\"w\",\"op\":\"presence.watch\",\"users\":[\"held\",\"moved\"]}");
        goesOnAlone(edge, watcher, held);
        losesToItsSuccessor(linnet, edge, watcher, held);
      }
    }
  }

  private static void goesOnAlone(OsProcess edge, RawClient watcher, RawClient held) {
    edge.pause();
    awaitStatus(watcher, "held", "offline", 1);
    int before = statuses(watcher, "held", "online");
    edge.resume();
    awaitStatus(watcher, "held", "online", before + 1);
    assertThat(held.request("{\"id\":\"p1\",\"op\":\"ping\"}").path("code").asInt()).isZero();
    assertThat(edge.isAlive()).isTrue();
  }

  private static void losesToItsSuccessor(
      Installation linnet, OsProcess zombie, RawClient watcher, RawClient held) throws Exception {
    zombie.pause();
    awaitStatus(watcher, "held", "offline", 2);
    int port = FreePort.next();
    OsProcess successor = linnet.startNamedEdge("stopped", port);
    try (RawClient moved = login(new InetSocketAddress("127.0.0.1", port), linnet, "moved")) {
      awaitStatus(watcher, "moved", "online", 1);
      zombie.resume();
      assertThat(held.awaitClosed(PATIENCE).code()).isEqualTo(3000);
      assertThat(zombie.awaitExit(PATIENCE)).isEqualTo(1);
      assertThat(Files.readAllLines(zombie.output()))
          .filteredOn(line -> line.startsWith("linnet:"))
          .singleElement()
          .asString()
          .contains("--edge-id", "'stopped'", "127.0.0.1:" + port);

      refusesAThird(linnet);
      assertThat(successor.isAlive()).isTrue();
      assertThat(moved.request("{\"id\":\"p2\",\"op\":\"ping\"}").path("code").asInt()).isZero();
      moved.request("{\"id\":\"p3\",\"op\":\"presence.set\",\"status\":\"away\"}");
      awaitStatus(watcher, "moved", "away", 1);
      assertThat(statuses(watcher, "moved", "offline")).isZero();
    }
  }

  private static void refusesAThird(Installation linnet) throws Exception {
    OsProcess third = linnet.launchNamedEdge("stopped", FreePort.next());
    assertThat(third.awaitExit(PATIENCE)).isEqualTo(2);
    assertThat(Files.readAllLines(third.output()))
        .filteredOn(line -> line.startsWith("linnet:"))
        .singleElement()
        .asString()
        .contains("--edge-id", "'stopped'");
    assertThat(third.tailOfOutput()).doesNotContainPattern(Pattern.compile("(?m)^ready"));
  }

  private static RawClient login(InetSocketAddress edge, Installation linnet, String user) {
    RawClient client = RawTcpClient.connect(edge.getHostString(), edge.getPort());
    client.send("{\"id\":\"a\",\"op\":\"auth\",\"token\":\"" + linnet.token(user) + "\"}");
    client.awaitPush("synced");
    return client;
  }

  private static void awaitStatus(RawClient watcher, String user, String status, int times) {
    watcher.await(
        times,
        frame ->
            frame.path("op").asText().equals("presence")
                && frame.path("user").asText().equals(user)
                && frame.path("status").asText().equals(status),
        PATIENCE);
  }

  private static int statuses(RawClient watcher, String user, String status) {
    return (int)
        watcher.pushes("presence").stream()
            .filter(push -> push.path("user").asText().equals(user))
            .filter(push -> push.path("status").asText().equals(status))
            .count();
  }
}
