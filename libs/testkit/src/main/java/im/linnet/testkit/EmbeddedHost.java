package im.linnet.testkit;

import im.linnet.broker.EmbeddedBroker;
import im.linnet.broker.EmbeddedBrokerConfig;

/** A broker of one test in this JVM, with its log in a temporary directory. */
final class EmbeddedHost implements BrokerHost {
  private final TempDirectory directory = new TempDirectory("linnet-broker-");
  private final int port;
  private EmbeddedBroker broker;

  EmbeddedHost() {
    try {
      broker = start(0);
      port = broker.port();
    } catch (RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  private EmbeddedBroker start(int onPort) {
    EmbeddedBroker started =
        new EmbeddedBroker(EmbeddedBrokerConfig.in(directory.path()).withPort(onPort));
    started.start();
    return started;
  }

  @Override
  public String bootstrapServers() {
    return EmbeddedBrokerConfig.DEFAULT_HOST + ":" + port;
  }

  @Override
  public boolean isShared() {
    return false;
  }

  @Override
  public void stop() {
    broker.close();
  }

  @Override
  public void startAgain() {
    broker = start(port);
  }

  @Override
  public void close() {
    broker.close();
    directory.close();
  }
}
