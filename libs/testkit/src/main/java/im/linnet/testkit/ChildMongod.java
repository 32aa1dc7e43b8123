package im.linnet.testkit;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A {@code mongod} binary as a child process with its data in a temporary directory. */
final class ChildMongod implements Mongod {
  private final Path binary;
  private final int port;
  private final TempDirectory directory = new TempDirectory("linnet-mongod-");
  private @Nullable OsProcess process;

  ChildMongod(Path binary, int port) {
    this.binary = binary;
    this.port = port;
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public void start() {
    process =
        OsProcess.start(
            "mongod",
            directory.path(),
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
                "diagnosticDataCollectionEnabled=false"),
            Map.of());
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
