package im.linnet.records;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a view holds, as one canonical hash per collection: equal for two views of one log, whatever
 * the store, the batches and the interleaving that they were built by. Without {@code _id}s (but
 * with what an inbox {@code _id} says), presence fields, {@code kvs}, {@code view} and {@code
 * verdict}.
 *
 * @param collections by collection name, in the order of names
 */
public record Digest(SortedMap<String, CollectionDigest> collections) {
  public Digest {
    collections = Collections.unmodifiableSortedMap(new TreeMap<>(collections));
  }

  /** The digest of those collections. */
  public static Digest of(Map<String, CollectionDigest> collections) {
    return new Digest(new TreeMap<>(collections));
  }

  /**
   * One collection.
   *
   * @param documents how many documents it holds
   * @param hash 64 hexadecimal digits, see {@link DigestSum}
   */
  public record CollectionDigest(long documents, String hash) {}
}
