package im.linnet.testkit;

import java.util.List;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * The official image through Testcontainers. The port is the same inside and outside. So the
 * replica set's member address is right from both sides, also after a kill. Testcontainers' own
 * MongoDB container takes another port at each start, so it does not fit.
 */
final class DockerMongod implements Mongod {
  private static final DockerImageName IMAGE = DockerImageName.parse("mongo:8.0");

  private final int port;
  private final GenericContainer<?> container;
  private boolean created;

  DockerMongod(int port, boolean accessControl) {
    this.port = port;
    String mongod =
        "mongod --replSet "
            + MongoServer.REPLICA_SET
            + " --bind_ip_all --port "
            + port
            + " --wiredTigerCacheSizeGB 0.5";
    container =
        new GenericContainer<>(IMAGE)
            .withExposedPorts(port)
            .withCommand(accessControl ? withKey(mongod) : mongod.split(" "));
    container.setPortBindings(List.of("127.0.0.1:" + port + ":" + port));
  }

  /**
   * The command that writes the members' shared key before it starts {@code mongod}: access control
   * in a replica set needs such a key.
   */
  private static String[] withKey(String mongod) {
    return new String[] {
      "bash",
      "-c",
      "head -c 96 /dev/urandom | base64 -w0 >/tmp/key && chmod 400 /tmp/key && exec "
          + mongod
          + " --keyFile /tmp/key"
    };
  }

  /** Whether a container engine answers. */
  static boolean isAvailable() {
    return DockerClientFactory.instance().isDockerAvailable();
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public void start() {
    if (created) {
      container.getDockerClient().startContainerCmd(container.getContainerId()).exec();
    } else {
      container.start();
      created = true;
    }
  }

  @Override
  public void kill() {
    container
        .getDockerClient()
        .killContainerCmd(container.getContainerId())
        .withSignal("SIGKILL")
        .exec();
  }

  @Override
  public void pause() {
    container.getDockerClient().pauseContainerCmd(container.getContainerId()).exec();
  }

  @Override
  public void resume() {
    container.getDockerClient().unpauseContainerCmd(container.getContainerId()).exec();
  }

  @Override
  public String tailOfOutput() {
    return container.getLogs();
  }

  @Override
  public boolean hasDied() {
    return !container.isRunning();
  }

  @Override
  public void close() {
    container.stop();
  }
}
