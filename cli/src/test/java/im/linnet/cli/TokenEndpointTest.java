package im.linnet.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpTimeoutException;
import java.security.cert.CertPathBuilderException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

/** A server that gives no token is one line that says what to change. */
class TokenEndpointTest {
  @Test
  void aServerThatDoesNotSpeakTlsIsNamed() throws Exception {
    assertThat(asked("HTTP/1.1 400 Bad Request\r\n\r\n", "--tls"))
        .contains("does not speak TLS (--tls): leave it out");
  }

  @Test
  void aServerThatIsNotLinnetIsNamed() throws Exception {
    String[] answers = {"", "+OK hello\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n<a/>"};
    for (String answer : answers) {
      assertThat(asked(answer)).contains("does not answer as Linnet does (--token-server): give");
    }
  }

  @Test
  void aCertificateThatIsNotTrustedIsNamed() {
    SSLHandshakeException fault = new SSLHandshakeException("PKIX path building failed");
    fault.initCause(new CertPathBuilderException("unable to find valid certification path"));

    assertThat(TokenEndpoint.fault("https://h:1", fault))
        .startsWith("the certificate of https://h:1 is not trusted, or is for another name")
        .contains("(--tls-ca): give")
        .doesNotContain("PKIX");
  }

  @Test
  void aServerThatEndsTheHandshakeSpeaksNoTls() {
    assertThat(TokenEndpoint.fault("https://h:1", new IOException("Connection reset")))
        .isEqualTo(
            "https://h:1 does not speak TLS (--tls): leave it out, or give the HTTPS address");
  }

  @Test
  void aServerThatDoesNotAnswerIsAway() {
    assertThat(TokenEndpoint.fault("http://h:1", new HttpTimeoutException("request timed out")))
        .startsWith("no server answers at http://h:1 (--token-server): start 'linnet up'");
  }

  /** Asks a server that answers each connection so, and returns the line on stderr. */
  private static String asked(String answer, String... more) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      Thread answering = Thread.ofVirtual().start(() -> answer(server, answer));
      List<String> words = new ArrayList<>(List.of("token", "aa", "--token-server"));
      words.add("127.0.0.1:" + server.getLocalPort());
      words.addAll(List.of(more));
      CommandRun run = CommandRun.of(words.toArray(String[]::new));
      server.close();
      answering.join();

      assertThat(run.exit()).as(run.err()).isEqualTo(1);
      assertThat(run.err().lines()).as(run.err()).hasSize(1);
      assertThat(run.err()).startsWith("linnet: ").doesNotContain("xception");
      return run.err();
    }
  }

  private static void answer(ServerSocket server, String answer) {
    while (!server.isClosed()) {
      try (Socket client = server.accept()) {
        int unused = client.getInputStream().read();
        client.getOutputStream().write(answer.getBytes(US_ASCII));
        client.shutdownOutput();
        // A socket that is closed with unread bytes is reset, and its answer may be lost.
        client.getInputStream().transferTo(OutputStream.nullOutputStream());
      } catch (IOException closed) {
        // The test has its answer.
      }
    }
  }
}
