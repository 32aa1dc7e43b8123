package im.linnet.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.linnet.settings.SettingException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.interfaces.ECPrivateKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates and keys as people give them, right and wrong. */
class TlsFilesTest {
  private static final String PASSWORD = "for one run";
  private static final String PKCS8 = "PRIVATE KEY";

  /** What stands before an RSA key of 2048 bits in PKCS #8. */
  private static final int PKCS8_HEADER = 26;

  @TempDir static Path folder;

  private static Made rsa;
  private static Made ec;
  private static Made expired;

  private record Made(String certificate, byte[] certificateDer, String key, byte[] keyDer) {}

  @BeforeAll
  static void make() throws Exception {
    rsa = made("rsa", "RSA", "2048", List.of());
    ec = made("ec", "EC", "256", List.of());
    expired = made("old", "EC", "256", List.of("-startdate", "-9d", "-validity", "2"));
  }

  @Test
  void pairsOfAllKnownFormsAreTaken() throws IOException {
    assertThat(accepted(rsa.certificate(), rsa.key())).isTrue();
    assertThat(accepted(ec.certificate(), ec.key())).isTrue();
    assertThat(accepted("text before\n" + ec.certificate(), "\n" + ec.key())).isTrue();
    assertThat(accepted(ec.certificate().replace("\n", "\r\n"), ec.key().replace("\n", "\r\n")))
        .isTrue();
    assertThat(accepted(rsa.certificate(), pkcs1(rsa))).isTrue();
    assertThat(accepted(ec.certificate(), sec1(ec))).isTrue();
    // As 'openssl ecparam -genkey' writes it.
    assertThat(
            accepted(
                ec.certificate(),
                pem("EC PARAMETERS", HexFormat.of().parseHex("06082a8648ce3d030107")) + sec1(ec)))
        .isTrue();
    // Both in one file, as proxies want them.
    assertThat(accepted(ec.certificate() + ec.key(), ec.certificate() + ec.key())).isTrue();
  }

  @Test
  void anExpiredCertificateIsTaken() throws IOException {
    assertThat(accepted(expired.certificate(), expired.key())).isTrue();
  }

  @Test
  void aKeyOfAnotherCertificateIsRefused() throws IOException {
    refused(rsa.certificate(), ec.key(), "--tls-key", "does not belong");
    refused(expired.certificate(), ec.key(), "--tls-key", "does not belong");
    refused(ec.certificate(), rsa.key(), "--tls-key", "does not belong");
  }

  @Test
  void swappedFilesAreRefused() throws IOException {
    refused(ec.key(), ec.certificate(), "--tls-certificate", "a key and no certificate");
    refused(ec.certificate(), ec.certificate(), "--tls-key", "a certificate and no key");
  }

  @Test
  void otherFormsAreRefusedByName() throws IOException {
    refused(ec.certificateDer(), bytes(ec.key()), "--tls-certificate", "is DER");
    refused(bytes(ec.certificate()), ec.keyDer(), "--tls-key", "is DER");
    refused(
        ec.certificate(),
        ec.key().replace(PKCS8, "ENCRYPTED PRIVATE KEY"),
        "--tls-key",
        "is encrypted");
    refused(
        rsa.certificate(),
        pkcs1(rsa).replaceFirst("\n", "\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES,00\n\n"),
        "--tls-key",
        "is encrypted");
    refused("", ec.key(), "--tls-certificate", "the file is empty");
    refused(ec.certificate(), "", "--tls-key", "the file is empty");
    refused("hello", ec.key(), "--tls-certificate", "is not PEM");
    refused(ec.certificate(), ec.key() + rsa.key(), "--tls-key", "holds 2 keys");
    refused(
        ec.certificate().replace("-----END CERTIFICATE-----", ""),
        ec.key(),
        "--tls-certificate",
        "no whole certificate");
    refused(pem("CERTIFICATE", new byte[] {1, 2, 3}), ec.key(), "--tls-certificate", "is damaged");
    refused(ec.certificate(), pem(PKCS8, new byte[] {1, 2, 3}), "--tls-key", "is damaged");
    refused(ec.certificate(), ec.key().replace("M", "!"), "--tls-key", "is damaged");
  }

  @Test
  void aChainInAnotherOrderIsRefused() throws IOException {
    refused(
        ec.certificate() + rsa.certificate(),
        ec.key(),
        "--tls-certificate",
        "is not the authority");
    refused(
        rsa.certificate() + ec.certificate(),
        ec.key(),
        "--tls-certificate",
        "is not the authority");
    refused(ec.certificate() + ec.certificate(), ec.key(), "--tls-certificate", "twice");
  }

  @Test
  void whatIsNoFileIsRefused() throws IOException {
    Path key = Files.writeString(folder.resolve("key"), ec.key());
    assertThatThrownBy(() -> TlsFiles.checked(folder, key))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("that is a directory");
    assertThatThrownBy(() -> TlsFiles.checked(folder.resolve("none"), key))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("there is no such file");
  }

  private static boolean accepted(String certificate, String key) throws IOException {
    return TlsFiles.checked(
            Files.writeString(folder.resolve("certificate"), certificate),
            Files.writeString(folder.resolve("key"), key))
        .certificate()
        .equals(folder.resolve("certificate"));
  }

  private static void refused(String certificate, String key, String flag, String why)
      throws IOException {
    refused(bytes(certificate), bytes(key), flag, why);
  }

  private static void refused(byte[] certificate, byte[] key, String flag, String why)
      throws IOException {
    Path first = Files.write(folder.resolve("certificate"), certificate);
    Path second = Files.write(folder.resolve("key"), key);
    assertThatThrownBy(() -> TlsFiles.checked(first, second))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("(" + flag + ")")
        .hasMessageContaining(why)
        .hasMessageNotContainingAny("Exception", "java", "\n");
  }

  private static String pkcs1(Made made) {
    return pem(
        "RSA PRIVATE KEY", Arrays.copyOfRange(made.keyDer(), PKCS8_HEADER, made.keyDer().length));
  }

  /** With the curve, as openssl writes it. */
  private static String sec1(Made made) throws IOException {
    try {
      ECPrivateKey key =
          (ECPrivateKey)
              java.security.KeyFactory.getInstance("EC")
                  .generatePrivate(new java.security.spec.PKCS8EncodedKeySpec(made.keyDer()));
      String number = String.format("%064x", key.getS());
      return pem(
          "EC PRIVATE KEY",
          HexFormat.of()
              .parseHex("3031" + "020101" + "0420" + number + "a00a06082a8648ce3d030107"));
    } catch (java.security.GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Made made(String name, String kind, String size, List<String> dates)
      throws Exception {
    Path store = folder.resolve(name + ".p12");
    Path output = folder.resolve(name + ".out");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                kind,
                "-keysize",
                size,
                "-dname",
                "CN=" + name,
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString()));
    command.addAll(dates);
    Process keytool =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).as("keytool ends").isTrue();
    assertThat(keytool.exitValue()).as(Files.readString(output)).isZero();
    KeyStore made = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      made.load(in, PASSWORD.toCharArray());
    }
    byte[] certificate = made.getCertificate(name).getEncoded();
    byte[] key = made.getKey(name, PASSWORD.toCharArray()).getEncoded();
    return new Made(pem("CERTIFICATE", certificate), certificate, pem(PKCS8, key), key);
  }

  private static String pem(String type, byte[] der) {
    String body =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der);
    return "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n";
  }
}
