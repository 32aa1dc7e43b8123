package im.linnet.cli.config;

import im.linnet.edge.config.ListenerSettings;
import im.linnet.settings.SettingException;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate and the key of a server, checked before it starts. Both are loaded as the
 * listeners will load them, and the certificate must confirm a signature of the key. An expired
 * certificate is only warned of, since clients may be told to take it.
 */
final class TlsFiles {
  private static final Logger LOG = LoggerFactory.getLogger(TlsFiles.class);

  private static final String CERTIFICATE_FLAG = "--tls-certificate";
  private static final String KEY_FLAG = "--tls-key";
  private static final String CERTIFICATE = "CERTIFICATE";
  private static final String KEY = "PRIVATE KEY";

  /** The first byte of a certificate or key in DER. */
  private static final char DER_SEQUENCE = 0x30;

  /** PKCS #8, and the older forms of 'openssl genrsa' and 'openssl ecparam -genkey'. */
  private static final Set<String> KEYS = Set.of(KEY, "RSA PRIVATE KEY", "EC PRIVATE KEY");

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

  private TlsFiles() {}

  /**
   * Checks both files.
   *
   * @throws SettingException if a server could not use them
   */
  static ListenerSettings.Tls checked(Path certificate, Path key) {
    String chain = pem(certificate, "the certificate", CERTIFICATE_FLAG);
    String secret = pem(key, "the key", KEY_FLAG);
    requireCertificate(certificate, chain);
    requireKey(key, secret);
    requireOrder(certificate, certificates(certificate, chain));
    X509KeyManager loaded = load(certificate, chain, key, secret);
    String entry = entry(loaded);
    if (entry == null) {
      throw unlike(certificate);
    }
    X509Certificate first = loaded.getCertificateChain(entry)[0];
    requirePair(certificate, first, loaded.getPrivateKey(entry));
    warnOfDates(certificate, first);
    return new ListenerSettings.Tls(certificate, key);
  }

  /** The file as text. A file of other bytes, such as DER, is refused. */
  private static String pem(Path file, String what, String flag) {
    String text = new String(TextFile.bytes(file, what, flag), StandardCharsets.ISO_8859_1);
    if (!text.contains("-----BEGIN ")) {
      boolean der = text.charAt(0) == DER_SEQUENCE;
      throw new SettingException(
          what + " " + file + (der ? " is DER, not PEM" : " is not PEM"),
          flag,
          "give a file of '-----BEGIN ...' blocks"
              + (der ? "; 'openssl " + (flag.equals(KEY_FLAG) ? "pkey" : "x509") : "")
              + (der ? " -inform der' converts it" : ""));
    }
    return text;
  }

  private static void requireCertificate(Path file, String text) {
    if (labels(text).contains(CERTIFICATE)) {
      return;
    }
    String found = labels(text).stream().findFirst().orElse("");
    throw new SettingException(
        found.endsWith(KEY)
            ? file + " holds a key and no certificate"
            : file + " holds no whole certificate",
        CERTIFICATE_FLAG,
        found.endsWith(KEY)
            ? "give the certificate here and the key as " + KEY_FLAG
            : "give a PEM file with the server's certificate first");
  }

  private static void requireKey(Path file, String text) {
    List<String> labels = labels(text);
    if (text.contains("ENCRYPTED")) {
      throw new SettingException(
          "the key " + file + " is encrypted",
          KEY_FLAG,
          "give one without a password ('openssl pkey -in FILE -out NEW' writes it)");
    }
    long keys = labels.stream().filter(KEYS::contains).count();
    if (keys == 0) {
      throw new SettingException(
          labels.contains(CERTIFICATE)
              ? file + " holds a certificate and no key"
              : file + " holds no private key of a known form",
          KEY_FLAG,
          "give a PEM file with a 'PRIVATE KEY', 'RSA PRIVATE KEY' or 'EC PRIVATE KEY' block");
    }
    if (keys > 1) {
      throw new SettingException(
          file + " holds " + keys + " keys", KEY_FLAG, "give a file with the certificate's alone");
    }
  }

  private static List<String> labels(String text) {
    return BLOCK.matcher(text).results().map(found -> found.group(1)).toList();
  }

  private static List<X509Certificate> certificates(Path file, String text) {
    List<X509Certificate> certificates = new ArrayList<>();
    try {
      for (Certificate each :
          CertificateFactory.getInstance("X.509")
              .generateCertificates(
                  new ByteArrayInputStream(blocks(text).getBytes(StandardCharsets.ISO_8859_1)))) {
        certificates.add((X509Certificate) each);
      }
      return certificates;
    } catch (GeneralSecurityException e) {
      LOG.debug("no certificate", e);
      throw new SettingException(
          "a certificate in " + file + " is damaged", CERTIFICATE_FLAG, "give a whole one");
    }
  }

  private static String blocks(String text) {
    return BLOCK
        .matcher(text)
        .results()
        .filter(found -> found.group(1).equals(CERTIFICATE))
        .map(found -> found.group() + "\n")
        .collect(Collectors.joining());
  }

  /** Loads both as the listeners do. Reads no file and opens no socket. */
  private static X509KeyManager load(Path certificate, String chain, Path key, String secret) {
    Vertx vertx = Vertx.vertx();
    try {
      for (KeyManager each :
          new PemKeyCertOptions()
              .setCertValue(Buffer.buffer(chain.getBytes(StandardCharsets.ISO_8859_1)))
              .setKeyValue(Buffer.buffer(secret.getBytes(StandardCharsets.ISO_8859_1)))
              .getKeyManagerFactory(vertx)
              .getKeyManagers()) {
        if (each instanceof X509KeyManager manager) {
          return manager;
        }
      }
      throw new IllegalStateException("no key manager");
    } catch (Exception e) {
      LOG.debug("no key", e);
      // The JDK's key store throws it for an RSA key with an EC certificate.
      if (String.valueOf(e.getMessage()).contains("does not match algorithm")) {
        throw unlike(certificate);
      }
      throw new SettingException(
          "the key " + key + " is damaged, or neither RSA nor EC",
          KEY_FLAG,
          "give a whole RSA or EC key");
    } finally {
      vertx.close().await();
    }
  }

  private static @Nullable String entry(X509KeyManager loaded) {
    for (String type : List.of("RSA", "EC")) {
      String[] entries = loaded.getServerAliases(type, null);
      if (entries != null && entries.length > 0) {
        return entries[0];
      }
    }
    return null;
  }

  private static void requirePair(Path file, X509Certificate certificate, PrivateKey key) {
    String kind = key.getAlgorithm();
    if (!certificate.getPublicKey().getAlgorithm().equals(kind)) {
      throw unlike(file);
    }
    try {
      Signature signature =
          Signature.getInstance(kind.equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA");
      byte[] text = file.toString().getBytes(StandardCharsets.UTF_8);
      signature.initSign(key);
      signature.update(text);
      byte[] signed = signature.sign();
      signature.initVerify(certificate.getPublicKey());
      signature.update(text);
      if (!signature.verify(signed)) {
        throw unlike(file);
      }
    } catch (GeneralSecurityException e) {
      LOG.debug("no pair", e);
      throw unlike(file);
    }
  }

  private static SettingException unlike(Path certificate) {
    return new SettingException(
        "the key does not belong to the first certificate in " + certificate,
        KEY_FLAG,
        "give the key of the server's certificate, and that certificate before those of its"
            + " authorities");
  }

  /** The next certificate of the chain must vouch for each one: strict clients ask for that. */
  private static void requireOrder(Path file, List<X509Certificate> chain) {
    for (int i = 1; i < chain.size(); i++) {
      if (chain.subList(0, i).contains(chain.get(i))) {
        throw new SettingException(
            "certificate " + (i + 1) + " in " + file + " stands there twice",
            CERTIFICATE_FLAG,
            "remove it");
      }
      if (!chain
          .get(i - 1)
          .getIssuerX500Principal()
          .equals(chain.get(i).getSubjectX500Principal())) {
        throw new SettingException(
            "certificate " + (i + 1) + " in " + file + " is not the authority of the one before it",
            CERTIFICATE_FLAG,
            "give the server's certificate first, then each one's authority");
      }
    }
  }

  private static void warnOfDates(Path file, X509Certificate certificate) {
    try {
      certificate.checkValidity();
    } catch (CertificateException e) {
      LOG.warn(
          "the certificate {} is good from {} to {}: clients that check it cannot connect now",
          file,
          certificate.getNotBefore().toInstant(),
          certificate.getNotAfter().toInstant());
    }
  }
}
