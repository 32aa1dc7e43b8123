/**
 * A real single-node Kafka broker (KRaft, broker and controller in one) inside this JVM: the log of
 * {@code linnet up} and of the integration tests. It does not know Linnet's topics. Code that runs
 * against it runs unchanged against a cluster.
 */
@NullMarked
package im.linnet.broker;

import org.jspecify.annotations.NullMarked;
