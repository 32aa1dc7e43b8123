package im.linnet.cli.system;

import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Utils;

/**
 * Names of one partition. A partition is pushed in its order: once a session has a later push of
 * it, nothing earlier can come any more.
 */
final class Fence {
  /** Of each smaller number of partitions that is a power of two it is a multiple. */
  private static final int PARTITIONS = 64;

  private Fence() {}

  /** Another name in the partition of that one. */
  static String beside(String name) {
    return IntStream.iterate(0, i -> i + 1)
        .mapToObj(i -> name + "-beside" + i)
        .filter(each -> partition(each) == partition(name))
        .findFirst()
        .orElseThrow();
  }

  private static int partition(String name) {
    return Utils.toPositive(Utils.murmur2(name.getBytes(StandardCharsets.UTF_8))) % PARTITIONS;
  }
}
