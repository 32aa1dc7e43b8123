package im.linnet.bench;

import im.linnet.cli.config.TokenSecret;
import im.linnet.edge.auth.SigningSecret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The servers of a bench: one process with the view in memory, or a process for each part with
 * MongoDB.
 */
final class LinnetServers implements AutoCloseable {
  private static final Duration REQUEST_LIMIT = Duration.ofSeconds(2);
  private static final int SECRET_BYTES = 48;
  private static final String DATABASE = "linnet";

  private final ServerGroup group;
  private final Path secretFile;
  private final HttpClient http = HttpClient.newHttpClient();
  private final int tcp = ServerGroup.freePort();
  private final int web = ServerGroup.freePort();
  private String bootstrap = "";
  private @Nullable String mongoUri;

  private LinnetServers(ServerGroup group) throws IOException {
    this.group = group;
    byte[] secret = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(secret);
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    this.secretFile =
        Files.createFile(
            group.folder().resolve("secret"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(secretFile, text);
  }

  /** Starts the servers of a run. Returns once every process is ready. */
  static LinnetServers start(BenchOptions options) throws IOException, InterruptedException {
    ServerGroup group = ServerGroup.create();
    try {
      LinnetServers servers = new LinnetServers(group);
      switch (options.store) {
        case memory -> servers.startTogether(options.fsync);
        case mongodb -> servers.startApart(options);
      }
      return servers;
    } catch (IOException | InterruptedException | RuntimeException e) {
      group.close();
      throw e;
    }
  }

  private void startTogether(boolean fsync) throws IOException, InterruptedException {
    int kafka = ServerGroup.freePort();
    bootstrap = "127.0.0.1:" + kafka;
    ServerProcess up =
        group.linnet(
            "up",
            "--data",
            group.folder().resolve("data").toString(),
            "--kafka-port",
            Integer.toString(kafka),
            "--fsync=" + fsync,
            "--tcp-port",
            Integer.toString(tcp),
            "--http-port",
            Integer.toString(web),
            "--token-secret-file",
            secretFile.toString());
    up.await(this::isReady, "readiness", ServerGroup.START_LIMIT);
  }

  private void startApart(BenchOptions options) throws IOException, InterruptedException {
    String uri = group.mongod(options.mongod, options.mongodCache).uri(DATABASE);
    mongoUri = uri;
    bootstrap = group.broker(options.fsync);
    for (String part : new String[] {"persister", "presence"}) {
      group
          .linnet(part, "--kafka", bootstrap, "--mongodb", uri)
          .awaitLine("ready", ServerGroup.START_LIMIT);
    }
    ServerProcess edge =
        group.linnet(
            "edge",
            "--kafka",
            bootstrap,
            "--mongodb",
            uri,
            "--tcp-port",
            Integer.toString(tcp),
            "--http-port",
            Integer.toString(web),
            "--token-secret-file",
            secretFile.toString());
    edge.await(this::isReady, "readiness", ServerGroup.START_LIMIT);
  }

  private boolean isReady() {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + web + "/health/ready"))
            .timeout(REQUEST_LIMIT)
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The address for clients. */
  InetSocketAddress edge() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), tcp);
  }

  /** The address for WebSockets. */
  InetSocketAddress web() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), web);
  }

  /** The broker's address. */
  String bootstrap() {
    return bootstrap;
  }

  /** The URI of the view's MongoDB, null for a view in memory. */
  @Nullable String mongoUri() {
    return mongoUri;
  }

  /** The secret that signs tokens. */
  SigningSecret secret() {
    return TokenSecret.read(secretFile, "--token-secret-file");
  }

  /** The process of the edge; it may hold all parts. The last one that was started. */
  long pid() {
    return List.copyOf(group.pids().values()).getLast();
  }

  /** The processes that are JVMs: all but MongoDB. */
  List<Long> jvms() {
    return group.pids().entrySet().stream()
        .filter(each -> !each.getKey().equals(ServerGroup.MONGOD))
        .map(Map.Entry::getValue)
        .toList();
  }

  /** CPU time of each server process. */
  CpuMeter cpu() {
    return new CpuMeter(group.pids());
  }

  @Override
  public void close() {
    group.close();
  }
}
