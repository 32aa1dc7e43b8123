package im.linnet.broker;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.utils.Exit;

/**
 * Replaces Kafka's exit of the process. Kafka ends the whole process, without a message, when its
 * only log directory fails or one of its threads gives up. Here the brokers of this JVM get a fault
 * instead, and their owners decide. Static, like Kafka's own switch.
 */
final class KafkaExits {
  private static final Set<BrokerFaults> RUNNING = ConcurrentHashMap.newKeySet();

  static {
    Exit.setHaltProcedure((status, message) -> tell(status));
    Exit.setExitProcedure((status, message) -> tell(status));
  }

  private KafkaExits() {}

  /** Adds a broker that gets faults from now on. Any thread. */
  static void tell(BrokerFaults faults) {
    RUNNING.add(faults);
  }

  /** Removes a broker that has ended. Any thread. */
  static void forget(BrokerFaults faults) {
    RUNNING.remove(faults);
  }

  /**
   * Reports the exit, and ends the calling thread of Kafka: Kafka's code relies on not going on.
   */
  private static void tell(int status) {
    IllegalStateException gaveUp =
        new IllegalStateException("Kafka wanted to end the process with " + status);
    // Mostly a broker knows of its fault by now, and this exit follows from it. The other brokers
    // are then well.
    if (RUNNING.stream().noneMatch(faults -> faults.fatal().isPresent())) {
      RUNNING.forEach(faults -> faults.fatal("Kafka gave up", gaveUp));
    }
    throw gaveUp;
  }
}
