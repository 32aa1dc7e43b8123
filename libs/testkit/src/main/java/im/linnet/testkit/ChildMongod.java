package im.linnet.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A {@code mongod} binary as a child process with its data in a temporary directory. */
final class ChildMongod implements Mongod {
  private final Path binary;
  private final int port;
  private final boolean accessControl;
  private final TempDirectory directory = new TempDirectory("linnet-mongod-");
  private @Nullable OsProcess process;

  ChildMongod(Path binary, int port, boolean accessControl) {
    this.binary = binary;
    this.port = port;
    this.accessControl = accessControl;
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public void start() {
    List<String> command =
        new ArrayList<>(
            List.of(
                binary.toString(),
                "--replSet",
                MongoServer.REPLICA_SET,
                "--bind_ip",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--dbpath",
                ".",
                "--nounixsocket",
                "--oplogSize",
                "256",
                "--wiredTigerCacheSizeGB",
                "0.5",
                "--setParameter",
                "diagnosticDataCollectionEnabled=false"));
    if (accessControl) {
      command.addAll(List.of("--keyFile", keyFile().toString()));
    }
    process = OsProcess.start("mongod", directory.path(), command, Map.of());
  }

  /**
   * The key file that the members of a replica set with access control share; written at the first
   * start.
   */
  private Path keyFile() {
    Path file = directory.path().resolve("key");
    try {
      if (!Files.exists(file)) {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, UUID.randomUUID().toString().replace("-", ""));
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the key file " + file, e);
    }
  }

  @Override
  public void kill() {
    running().kill();
  }

  @Override
  public void pause() {
    running().pause();
  }

  @Override
  public void resume() {
    running().resume();
  }

  @Override
  public String tailOfOutput() {
    return running().tailOfOutput();
  }

  @Override
  public boolean hasDied() {
    return !running().isAlive();
  }

  @Override
  public void close() {
    if (process != null) {
      process.close();
    }
    directory.close();
  }

  private OsProcess running() {
    if (process == null) {
      throw new IllegalStateException("mongod was not started");
    }
    return process;
  }
}
