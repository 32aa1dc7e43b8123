package im.linnet.testkit;

import im.linnet.broker.EmbeddedBroker;
import im.linnet.broker.EmbeddedBrokerConfig;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** An embedded broker alone in its process, to be killed. */
final class BrokerMain {
  private BrokerMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    EmbeddedBroker broker =
        new EmbeddedBroker(
            EmbeddedBrokerConfig.in(Path.of(arguments[0]))
                .withPort(Integer.parseInt(arguments[1])));
    broker.start();
    System.out.println("READY " + broker.clusterId());
    new CountDownLatch(1).await();
  }
}
