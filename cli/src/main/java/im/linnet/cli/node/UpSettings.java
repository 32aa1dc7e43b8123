package im.linnet.cli.node;

import im.linnet.broker.EmbeddedBrokerConfig;
import im.linnet.cli.config.Instance;
import im.linnet.edge.config.EdgeConfig;
import im.linnet.log.KafkaSettings;
import im.linnet.persister.PersisterConfig;
import im.linnet.presence.PresenceConfig;
import im.linnet.schemas.TopicCatalogue;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The settings of {@code linnet up}. Exactly one of {@code broker} and {@code kafka} is set.
 *
 * @param instance the name among the log's workers
 * @param shared whether other processes write to the view, too, so that they share the partitions;
 *     a view with one writer needs all of them
 * @param data the data directory, for the messages
 * @param broker the embedded broker, null with a named cluster
 * @param kafka the named cluster, null with an embedded broker
 * @param replication copies of each partition of new topics in a named cluster
 * @param minInSync the least copies behind an acknowledgement there
 * @param partitions the partition counts that the operator named
 * @param edge the edge
 * @param workers the persister and the tracker, without their names
 * @param ownKey whether the key of tokens is the data directory's own; it is made at the start,
 *     after all checks, and replaces the key of {@code edge}
 * @param secretFile the key file that an operator named, for the messages
 */
public record UpSettings(
    Instance instance,
    boolean shared,
    Path data,
    @Nullable EmbeddedBrokerConfig broker,
    @Nullable KafkaSettings kafka,
    int replication,
    int minInSync,
    Optional<TopicCatalogue> partitions,
    EdgeConfig edge,
    Workers workers,
    boolean ownKey,
    @Nullable Path secretFile) {
  /** The two workers beside the edge. */
  public record Workers(PersisterConfig persister, PresenceConfig presence) {
    /** The default workers. */
    public static final Workers DEFAULT =
        new Workers(PersisterConfig.DEFAULT, PresenceConfig.DEFAULT);
  }

  public UpSettings {
    if ((broker == null) == (kafka == null)) {
      throw new IllegalArgumentException("exactly one of a broker and a cluster");
    }
  }
}
