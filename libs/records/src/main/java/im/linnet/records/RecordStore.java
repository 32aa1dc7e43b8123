package im.linnet.records;

/**
 * The view of the log. The persister writes it, edges read it, and the presence-tracker keeps its
 * own fields beside it. Two implementations, the in-memory view and MongoDB, pass one contract
 * suite.
 *
 * <p>All methods may block and may be called from any thread; an event loop calls them through a
 * bounded worker pool. Each throws {@link StoreUnavailableException} while the store cannot answer.
 */
public interface RecordStore extends RecordWriter, RecordReader, PresenceDirectory, AutoCloseable {
  /**
   * Creates the collections, indexes and the view's id if they are missing, and checks those that
   * are there.
   *
   * @param logId Kafka's cluster id
   * @throws StoreUnusableException if the store is no store for this, or holds a view of another
   *     log
   */
  ViewState open(String logId);

  /** Asks the store for a sign of life; throws if it does not answer now. */
  void check();

  /**
   * A canonical hash per collection. Walks the whole store, holding one page of it at a time; exact
   * only while nobody writes.
   */
  Digest digest();

  @Override
  void close();
}
