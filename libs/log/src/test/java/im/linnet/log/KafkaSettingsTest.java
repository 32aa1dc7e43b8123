package im.linnet.log;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaSettingsTest {
  @Test
  void whatEveryClientTakesIsUsable() {
    assertThatCode(() -> KafkaClients.requireUsable(KafkaSettings.of("h:1")))
        .doesNotThrowAnyException();
    usable(Map.of("client.rack", "r1", "linger.ms", "5", "some.metrics.reporter.setting", "x"));
    usable(
        Map.of(
            "security.protocol",
            "SASL_PLAINTEXT",
            "sasl.mechanism",
            "PLAIN",
            "sasl.jaas.config",
            "org.apache.kafka.common.security.plain.PlainLoginModule required"
                + " username=\"u\" password=\"p\";"));
  }

  @Test
  void aMechanismThatLogsInAtAServerIsLeftToTheStart() {
    usable(Map.of("security.protocol", "SASL_SSL", "sasl.mechanism", "OAUTHBEARER"));
  }

  @Test
  void oneThatAnyClientRefusesIsNamed() {
    refused("security.protocol", "NOPE");
    refused("linger.ms", "soon");
    refused("fetch.min.bytes", "-7");
    refused("retry.backoff.ms", "x");
  }

  @Test
  void aFileThatTheyNameIsRead() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                KafkaClients.requireUsable(
                    settings(
                        Map.of(
                            "security.protocol",
                            "SSL",
                            "ssl.truststore.location",
                            "/nonexistent/truststore.p12",
                            "ssl.truststore.type",
                            "PKCS12"))))
        .withMessage(
            "ssl.truststore.location: '/nonexistent/truststore.p12' is not a file that can be"
                + " read");
  }

  private static void usable(Map<String, String> client) {
    assertThatCode(() -> KafkaClients.requireUsable(settings(client))).doesNotThrowAnyException();
  }

  private static void refused(String name, String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KafkaClients.requireUsable(settings(Map.of(name, value))))
        .withMessageContaining(name);
  }

  private static KafkaSettings settings(Map<String, String> client) {
    return new KafkaSettings("127.0.0.1:1", client);
  }
}
