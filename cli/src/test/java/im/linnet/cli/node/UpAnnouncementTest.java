package im.linnet.cli.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class UpAnnouncementTest {
  private static final List<String> ADDRESSES = List.of("192.168.1.20", "10.0.0.7");

  @Test
  void allAddressesOfTheMachineArePrintedWhereAllAreListenedOn() {
    for (String host : List.of("0.0.0.0", "::")) {
      assertThat(UpAnnouncement.network(null, host, ADDRESSES, 8080).lines())
          .containsExactly(
              "",
              "  network    http://192.168.1.20:8080/   asks for a token: ./linnet token aa",
              "  network    http://10.0.0.7:8080/   asks for a token: ./linnet token aa");
    }
  }

  @Test
  void otherMachinesAreNotToldOfAnAddressThatTheyCannotReach() {
    assertThat(UpAnnouncement.network(null, "127.0.0.1", ADDRESSES, 8080)).isEmpty();
    assertThat(NetworkAddresses.ofThisMachine()).noneMatch(address -> address.startsWith("127."));
  }
}
