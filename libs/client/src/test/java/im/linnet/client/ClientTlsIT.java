package im.linnet.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client over TLS, against a server whose certificate is made for the test. */
class ClientTlsIT {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir static Path folder;
  private static Path certificate;
  private static SSLContext server;

  private final List<ClientEvent> events = new CopyOnWriteArrayList<>();
  private FakeEdge edge;

  @BeforeAll
  static void makeCertificate() throws Exception {
    Path keys = folder.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "edge",
                "-keyalg",
                "EC",
                "-validity",
                "2",
                "-dname",
                "CN=edge",
                "-ext",
                "san=dns:localhost",
                "-storetype",
                "PKCS12",
                "-keystore",
                keys.toString(),
                "-storepass",
                new String(PASSWORD))
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(keytool.waitFor()).as(said).isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      store.load(in, PASSWORD);
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, PASSWORD);
    server = SSLContext.getInstance("TLS");
    server.init(managers.getKeyManagers(), null, null);
    String pem =
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder().encodeToString(store.getCertificate("edge").getEncoded())
            + "\n-----END CERTIFICATE-----\n";
    certificate = Files.writeString(folder.resolve("edge.pem"), pem);
  }

  @BeforeEach
  void open() throws IOException {
    edge =
        new FakeEdge(
            server
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress()));
  }

  @AfterEach
  void close() throws IOException {
    edge.close();
  }

  @Test
  void talksToAServerThatItTrusts() throws Exception {
    try (ChatClient client = client("localhost", ClientTls.trusting(certificate))) {
      client.start();
      try (FakeEdge.Session session = edge.accept()) {
        assertThat(session.welcome().path("token").asText()).isEqualTo("token");
        CompletableFuture<Unread> unread = client.conversations().unread();
        JsonNode request = session.read();
        session.reply(request, "{'total':3}");
        assertThat(unread.get(10, TimeUnit.SECONDS).total()).isEqualTo(3);
      }
      // The end of the connection is seen through TLS, too, and the next one goes on.
      try (FakeEdge.Session session = edge.accept()) {
        session.welcome();
      }
    }
  }

  @Test
  void sendsNoTokenToAServerThatNobodyVouchesFor() throws Exception {
    refuses(client("localhost", ClientTls.ofJvm()), "is not trusted");
  }

  @Test
  void sendsNoTokenToAServerOfAnotherName() throws Exception {
    refuses(client("127.0.0.1", ClientTls.trusting(certificate)), "is for another name");
  }

  @Test
  void aFileWithoutACertificateIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("none.pem"), "no certificate");

    assertThatThrownBy(() -> ClientTls.trusting(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("none.pem");
  }

  private void refuses(ChatClient client, String reason) throws IOException {
    try (client) {
      client.start();
      try (FakeEdge.Session session = edge.accept()) {
        assertThatThrownBy(session::read).isInstanceOf(IOException.class);
      }
      await().until(() -> !events.isEmpty());
      assertThat(events.getFirst())
          .isInstanceOfSatisfying(
              ClientEvent.Disconnected.class, lost -> assertThat(lost.reason()).contains(reason));
    }
  }

  private ChatClient client(String host, ClientTls tls) {
    ServerAddress address = new ServerAddress(host, edge.address().port());
    return new ChatClient(
        ClientConfig.of(List.of(address))
            .withTls(tls)
            .withTimes(
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                Duration.ofMillis(5),
                Duration.ofMillis(20)),
        () -> "token",
        events::add,
        new Random(1));
  }
}
