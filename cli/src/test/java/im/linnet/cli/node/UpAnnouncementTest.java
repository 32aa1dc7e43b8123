package im.linnet.cli.node;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.broker.EmbeddedBrokerConfig;
import im.linnet.cli.config.Instance;
import im.linnet.edge.auth.SigningSecret;
import im.linnet.edge.config.AuthSettings;
import im.linnet.edge.config.EdgeConfig;
import im.linnet.log.KafkaSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UpAnnouncementTest {
  private static final AuthSettings NO_TOKENS =
      AuthSettings.ofSecret(new SigningSecret(new byte[32]));
  private static final List<String> ADDRESSES = List.of("192.168.1.20", "10.0.0.7");

  @Test
  void allAddressesOfTheMachineArePrintedWhereAllAreListenedOn() {
    for (String host : List.of("0.0.0.0", "::")) {
      assertThat(UpAnnouncement.network(null, host, ADDRESSES, 8080, "./linnet token aa").lines())
          .containsExactly(
              "",
              "  network    http://192.168.1.20:8080/   asks for a token: ./linnet token aa",
              "  network    http://10.0.0.7:8080/   asks for a token: ./linnet token aa");
    }
  }

  @Test
  void otherMachinesAreNotToldOfAnAddressThatTheyCannotReach() {
    assertThat(UpAnnouncement.network(null, "127.0.0.1", ADDRESSES, 8080, "")).isEmpty();
    assertThat(NetworkAddresses.ofThisMachine()).noneMatch(address -> address.startsWith("127."));
  }

  private static String told(AuthSettings auth) {
    return told(auth, null);
  }

  private static String told(AuthSettings auth, @Nullable Path secretFile) {
    return told(EdgeConfig.of("e", auth), null, secretFile);
  }

  private static String told(
      EdgeConfig edge, @Nullable EmbeddedBrokerConfig broker, @Nullable Path secretFile) {
    UpSettings settings =
        new UpSettings(
            Instance.of("up"),
            false,
            Path.of("data"),
            broker,
            broker == null ? KafkaSettings.of("h:1") : null,
            1,
            1,
            Optional.empty(),
            edge,
            UpSettings.Workers.DEFAULT,
            secretFile == null,
            secretFile);
    return UpAnnouncement.of(settings, ADDRESSES, "h:1", 18_080, 19_000, "");
  }

  @Test
  void saysWhatAnAcknowledgementStandsFor() {
    EdgeConfig edge = EdgeConfig.of("e", NO_TOKENS);
    EmbeddedBrokerConfig broker = EmbeddedBrokerConfig.in(Path.of("data"));

    assertThat(told(edge, broker, null))
        .contains(
            "acks       an acknowledged message survives a killed process, but not a power cut");
    assertThat(told(edge, broker.withFsync(true), null))
        .contains("on the disk")
        .contains("survives a power cut");
    assertThat(told(edge, null, null)).contains("what the cluster's replicas survive");
  }

  @Test
  void addressesForOtherMachinesAreToldWhereAllAreListenedOn() {
    EdgeConfig everywhere = EdgeConfig.of("e", NO_TOKENS);

    assertThat(everywhere.listeners().host()).isEqualTo("0.0.0.0");
    assertThat(told(everywhere, null, null))
        .contains("  web page   http://127.0.0.1:18080/")
        .contains("  network    http://192.168.1.20:18080/   asks for a token: ./linnet token aa ");
  }

  @Test
  void saysHowManyClientsItTakes() {
    assertThat(told(NO_TOKENS)).contains("clients    up to 100000 connections (--connections");
  }

  @Test
  void saysThatTokensAreGivenAndHowThatIsTurnedOff() {
    assertThat(told(NO_TOKENS.issuingTokens()))
        .contains("tokens     for any user, to programs on this machine")
        .contains("--no-tokens")
        .contains("./linnet token aa --token-server 127.0.0.1:18080");
  }

  @Test
  void sendsNobodyToAnEndpointThatIsTurnedOff() {
    assertThat(told(NO_TOKENS))
        .contains("tokens     none are given here (--no-tokens)")
        .contains("./linnet chat --as aa --to bb --server 127.0.0.1:19000")
        .contains(" --token-file FILE")
        .contains("the token from ./linnet token aa --data data")
        .doesNotContain("--token-server");
    assertThat(told(NO_TOKENS, Path.of("key")))
        .contains("./linnet token aa --token-secret-file key signs them")
        .doesNotContain("--data");
  }
}
