package im.linnet.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParseException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.util.Map;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class FaultsTest {
  private static final ServerAddress EDGE = new ServerAddress("edge1", 9000);

  @Test
  void aFaultIsToldInWordsThatNameTheServer() {
    Map<Throwable, String> words =
        Map.of(
            new ConnectException("Connection refused"),
            "nothing listens at edge1:9000",
            new ConnectException("Connection timed out"),
            "edge1:9000 does not answer",
            new SocketTimeoutException("Connect timed out"),
            "edge1:9000 does not answer",
            new UnknownHostException("edge1"),
            "there is no host named edge1",
            new SocketException("Connection reset"),
            "the connection to edge1:9000 was lost",
            new EOFException(),
            "the server closed the connection",
            new JsonParseException("Unexpected character"),
            "edge1:9000 does not answer as a Linnet edge does",
            new SSLException("Unsupported or unrecognized SSL message"),
            "edge1:9000 does not speak TLS correctly",
            new FrameTooLongException(7),
            "the server sent a frame of more than 7 bytes",
            new NullPointerException(),
            "edge1:9000 cannot be used");

    words.forEach((fault, word) -> assertThat(Faults.connection(EDGE, fault)).isEqualTo(word));
  }

  @Test
  void aCertificateThatNobodyVouchesForIsSaidToBeOne() {
    SSLHandshakeException refused = new SSLHandshakeException("PKIX path building failed");
    refused.initCause(new CertPathBuilderException("unable to find valid certification path"));

    assertThat(Faults.connection(EDGE, refused)).contains("certificate of edge1:9000");
  }

  @Test
  void whyThereIsNoTokenIsTheSuppliersToSay() {
    assertThat(Faults.token(new IOException("ask later"))).isEqualTo("ask later");
    assertThat(Faults.token(new IllegalStateException("x.Y@1")))
        .isEqualTo("the login token is missing");
  }
}
