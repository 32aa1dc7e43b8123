package im.linnet.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * The trust of a client that connects by TLS. A trusted certificate must have signed the server's
 * certificate, which must name the configured host. The client sends its token only after both
 * checks. Immutable; safe on any thread.
 */
public final class ClientTls {
  private final SSLContext context;

  private ClientTls(SSLContext context) {
    this.context = context;
  }

  /** Trusts the same certificates as this JVM. */
  public static ClientTls ofJvm() {
    try {
      return new ClientTls(SSLContext.getDefault());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM has no TLS", e);
    }
  }

  /** Uses the trusted certificates and the own certificate of the given context. */
  public static ClientTls of(SSLContext context) {
    return new ClientTls(context);
  }

  /**
   * Trusts these certificates only.
   *
   * @param certificates a file with one or more certificates in PEM
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if it holds no certificate
   */
  public static ClientTls trusting(Path certificates) throws IOException {
    try {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      for (Certificate each : read(certificates)) {
        trusted.setCertificateEntry("c" + trusted.size(), each);
      }
      TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return new ClientTls(context);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(certificates + " holds no PEM certificates", e);
    }
  }

  private static Collection<? extends Certificate> read(Path file)
      throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(file)) {
      Collection<? extends Certificate> found =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (found.isEmpty()) {
        throw new IllegalArgumentException(file + " holds no PEM certificates");
      }
      return found;
    }
  }

  /** Whether a handshake failed since the server's certificate was not accepted. */
  public static boolean isAboutTheCertificate(SSLException fault) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException
          || cause instanceof CertPathValidatorException
          || cause instanceof CertPathBuilderException) {
        return true;
      }
    }
    return false;
  }

  /** The TLS context, for other clients of the same server. */
  public SSLContext context() {
    return context;
  }

  /**
   * Speaks TLS over a connected socket. Blocks for the handshake; the socket's time-out bounds each
   * read.
   *
   * @throws IOException if the server's certificate is not accepted, or the server does not speak
   *     TLS
   */
  Socket over(Socket connected, ServerAddress server) throws IOException {
    SSLSocket socket =
        (SSLSocket)
            context.getSocketFactory().createSocket(connected, server.host(), server.port(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }
}
