package im.linnet.edge.relations;

import im.linnet.records.Relations;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** How the users of this edge's sessions stand to others. Safe on any thread, never blocks. */
public interface RelationSource {
  /** The relations of a user of this edge, as of now; null while they are not known. */
  @Nullable Relations known(String user);

  /**
   * Waits until the relations of a user of this edge are known. Where they could not be read
   * before, they are read again.
   *
   * @return fails with a {@link im.linnet.records.StoreUnavailableException} or a {@link
   *     java.util.concurrent.RejectedExecutionException} where they cannot be read now
   */
  CompletableFuture<Relations> load(String user);
}
