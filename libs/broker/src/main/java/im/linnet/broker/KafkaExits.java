package im.linnet.broker;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.utils.Exit;

/**
 * Kafka ends the whole process, without a word, when its only log directory fails or one of its
 * threads gives up. Here the brokers of this JVM are told instead, and their owners decide. Static,
 * as Kafka's own switch is.
 */
final class KafkaExits {
  private static final Set<BrokerFaults> RUNNING = ConcurrentHashMap.newKeySet();

  static {
    Exit.setHaltProcedure((status, message) -> tell(status));
    Exit.setExitProcedure((status, message) -> tell(status));
  }

  private KafkaExits() {}

  /** From now on this broker is told. Any thread. */
  static void tell(BrokerFaults faults) {
    RUNNING.add(faults);
  }

  /** This broker has ended. Any thread. */
  static void forget(BrokerFaults faults) {
    RUNNING.remove(faults);
  }

  /** Ends the calling thread of Kafka, which relies on not going on. */
  private static void tell(int status) {
    IllegalStateException gaveUp =
        new IllegalStateException("Kafka wanted to end the process with " + status);
    // Mostly this follows a fault that its broker knows by now; then the others are well.
    if (RUNNING.stream().noneMatch(faults -> faults.fatal().isPresent())) {
      RUNNING.forEach(faults -> faults.fatal("Kafka gave up", gaveUp));
    }
    throw gaveUp;
  }
}
