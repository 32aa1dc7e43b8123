package im.linnet.edge.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SocketOwnerTest {
  private static final String HEADER =
      "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout"
          + " inode\n";
  private static final String REST = " 01 00000000:00000000 00:00000000 00000000  ";

  @TempDir Path folder;

  private static InetAddress address(String text) throws Exception {
    return InetAddress.getByName(text);
  }

  private static String loopback() {
    return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? "0100007F" : "7F000001";
  }

  private static String other() {
    return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? "0200007F" : "7F000002";
  }

  private static String loopback6() {
    return "0".repeat(24)
        + (ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? "01000000" : "00000001");
  }

  private SocketOwner table(String... lines) throws Exception {
    Path file = Files.writeString(folder.resolve("tcp"), HEADER + String.join("\n", lines) + "\n");
    return new SocketOwner(List.of(folder.resolve("none"), file));
  }

  @Test
  void findsTheUserOfTheSocketThatIsConnected() throws Exception {
    SocketOwner owner =
        table(
            "0: " + loopback() + ":1F90 00000000:0000" + REST + "1   0 11 1",
            "1: " + loopback() + ":1F90 " + loopback() + ":C350" + REST + "2   0 12 1",
            "2: " + other() + ":C350 " + loopback() + ":1F90" + REST + "3   0 13 1",
            "3: " + loopback() + ":C350 " + loopback() + ":1F91" + REST + "4   0 14 1",
            "4: " + loopback() + ":C350 " + loopback() + ":1F90" + REST + "0   0 0 1",
            "5: " + loopback() + ":C350 " + loopback() + ":1F90" + REST + "1000 0 15 1",
            "6: " + loopback6() + ":C350 " + loopback6() + ":1F90" + REST + "1001 0 16 1");
    assertThat(owner.of(address("127.0.0.1"), 50_000, 8_080)).hasValue(1_000);
    assertThat(owner.of(address("127.0.0.2"), 50_000, 8_080)).hasValue(3);
    assertThat(owner.of(address("::1"), 50_000, 8_080)).hasValue(1_001);
    assertThat(owner.of(address("127.0.0.1"), 50_001, 8_080)).isEmpty();
  }

  @Test
  void knowsNothingWhereNobodyTells() throws Exception {
    assertThat(table("rubbish", "1: x y z a b c d e f g").of(address("::1"), 1, 1)).isEmpty();
    assertThat(new SocketOwner(List.of()).of(address("::1"), 1, 1)).isEmpty();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void findsItselfOnThisMachine() throws Exception {
    OptionalInt own = SocketOwner.ownUser();
    assertThat(own).isPresent();
    try (ServerSocket server = new ServerSocket(0, 1, address("127.0.0.1"));
        Socket client = new Socket(server.getInetAddress(), server.getLocalPort())) {
      assertThat(
              SocketOwner.ofMachine()
                  .of(client.getLocalAddress(), client.getLocalPort(), server.getLocalPort()))
          .isEqualTo(own);
    }
  }
}
