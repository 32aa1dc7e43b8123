package im.linnet.edge.relations;

import im.linnet.log.Callbacks;
import im.linnet.log.applied.AppliedOffsets;
import im.linnet.log.tail.RecordChoice;
import im.linnet.log.tail.RecordSink;
import im.linnet.log.tail.Tail;
import im.linnet.log.tail.TailState;
import im.linnet.records.ChangeRelation;
import im.linnet.records.RelationReader;
import im.linnet.records.Relations;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.event.BlockEvent;
import im.linnet.schemas.event.Decoded;
import im.linnet.schemas.event.FriendEvent;
import im.linnet.schemas.event.InboxEvent;
import im.linnet.schemas.event.LogEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the users of this edge's sessions stand to others. A user's relations are read from the view
 * once, and carried on by the facts in the user's own partition, as the tail meets them.
 *
 * <p>Nothing is missed between the two: the facts in the ring from the view's place on are applied
 * to what was read. What the view held already is applied again, which changes nothing in the end,
 * since the facts come in their order. Where the tail itself may have missed a fact, it is read
 * anew.
 *
 * <p>{@link #known} and {@link #load} are safe on any thread; all else is done on the tail's.
 */
public final class RelationBook implements RelationSource {
  private static final Logger LOG = LoggerFactory.getLogger(RelationBook.class);

  private final Tail tail;
  private final AppliedOffsets applied;
  private final RelationReader store;
  private final Executor workers;
  private final ToIntFunction<String> userPartition;
  private final BiConsumer<String, Relations> changed;
  private final RecordChoice facts;
  private final Map<String, Entry> entries = new ConcurrentHashMap<>();

  /** One user; but for {@code relations} owned by the tail's thread. */
  private static final class Entry {
    private final String user;
    private final int partition;
    private int sessions;
    private volatile @Nullable Relations relations;
    private @Nullable CompletableFuture<Relations> loading;

    /** How often the facts of its partition were interrupted. */
    private int interruptions;

    Entry(String user, int partition) {
      this.user = user;
      this.partition = partition;
    }

    StreamPartition place() {
      return new StreamPartition(Stream.MUTUAL, partition);
    }
  }

  /**
   * @param applied how far the view is
   * @param store the view
   * @param workers where the view is read; may reject
   * @param userPartition the partition of a user's key
   * @param changed told a user's relations when they become known and when they change, on the
   *     tail's thread
   */
  public RelationBook(
      Tail tail,
      AppliedOffsets applied,
      RelationReader store,
      Executor workers,
      ToIntFunction<String> userPartition,
      BiConsumer<String, Relations> changed) {
    this.changed = changed;
    this.tail = tail;
    this.applied = applied;
    this.store = store;
    this.workers = workers;
    this.userPartition = userPartition;
    List<String> types = new ArrayList<>(FriendEvent.TYPES);
    types.addAll(BlockEvent.TYPES);
    this.facts = RecordChoice.ofTypes(types);
    tail.execute(state -> state.watch(facts, new Facts()));
  }

  /** A session of the user begins: the user's relations are kept from now on. */
  void open(String user) {
    tail.execute(
        state -> {
          int partition = userPartition.applyAsInt(user);
          Entry entry = entries.computeIfAbsent(user, name -> new Entry(name, partition));
          entry.sessions++;
          state.retain(partition);
          if (entry.sessions == 1) {
            // A read that fails here is tried again by the first send that needs it.
            var unused = begin(state, entry);
          }
        });
  }

  /** A session of the user has ended. */
  void close(String user) {
    tail.execute(
        state -> {
          Entry entry = entries.get(user);
          if (entry == null) {
            return;
          }
          state.release(entry.partition);
          entry.sessions--;
          if (entry.sessions == 0) {
            entries.remove(user);
          }
        });
  }

  @Override
  public @Nullable Relations known(String user) {
    Entry entry = entries.get(user);
    return entry == null ? null : entry.relations;
  }

  @Override
  public CompletableFuture<Relations> load(String user) {
    CompletableFuture<Relations> found = new CompletableFuture<>();
    tail.execute(
        state -> {
          Entry entry = entries.get(user);
          Relations known = entry == null ? null : entry.relations;
          if (entry == null) {
            readOnce(user, found);
          } else if (known != null) {
            found.complete(known);
          } else {
            Callbacks.whenDone(
                begin(state, entry),
                (relations, failure) -> {
                  if (failure == null) {
                    found.complete(relations);
                  } else {
                    found.completeExceptionally(Callbacks.cause(failure));
                  }
                });
          }
        });
    return found;
  }

  /** For a session that has authenticated and is not brought to the tail yet; nothing is kept. */
  private void readOnce(String user, CompletableFuture<Relations> found) {
    try {
      workers.execute(
          () -> {
            try {
              found.complete(store.relations(user));
            } catch (RuntimeException e) {
              found.completeExceptionally(e);
            }
          });
    } catch (RejectedExecutionException e) {
      found.completeExceptionally(e);
    }
  }

  private void readAnew(TailState state, Entry entry) {
    if (entry.sessions > 0 && entry.relations == null) {
      var unused = begin(state, entry);
    }
  }

  private CompletableFuture<Relations> begin(TailState state, Entry entry) {
    CompletableFuture<Relations> under = entry.loading;
    if (under != null) {
      return under;
    }
    CompletableFuture<Relations> loading = new CompletableFuture<>();
    entry.loading = loading;
    Callbacks.whenDone(
        loading,
        (relations, failure) -> {
          if (failure != null) {
            LOG.debug("the relations of {} are unknown: {}", entry.user, failure.toString());
            tail.execute(later -> entry.loading = null);
          }
        });
    readOnceBegun(state, entry, loading);
    return loading;
  }

  private void readOnceBegun(TailState state, Entry entry, CompletableFuture<Relations> loading) {
    Callbacks.whenDone(
        state.whenBegun(entry.place()),
        (begun, failure) -> {
          if (failure == null) {
            read(entry, loading);
          } else {
            loading.completeExceptionally(Callbacks.cause(failure));
          }
        },
        loading::completeExceptionally);
  }

  /** On the tail's thread; the place of the view is taken before the view is read. */
  private void read(Entry entry, CompletableFuture<Relations> loading) {
    long from = applied.applied(entry.place());
    int interruptions = entry.interruptions;
    try {
      workers.execute(
          () -> {
            try {
              Relations read = store.relations(entry.user);
              tail.execute(state -> settle(state, entry, interruptions, from, read, loading));
            } catch (RuntimeException e) {
              loading.completeExceptionally(e);
            }
          });
    } catch (RejectedExecutionException e) {
      loading.completeExceptionally(e);
    }
  }

  private void settle(
      TailState state,
      Entry entry,
      int interruptions,
      long from,
      Relations read,
      CompletableFuture<Relations> loading) {
    if (entry.sessions == 0) {
      loading.completeExceptionally(new IllegalStateException("it is not tailed any more"));
      return;
    }
    if (entry.interruptions != interruptions) {
      // The ring began anew meanwhile: it may lack facts that what was read lacks too.
      readOnceBegun(state, entry, loading);
      return;
    }
    Relations[] now = {read};
    StreamPartition place = entry.place();
    // What the ring has lost, the view held when it was read, unless no persister runs: then there
    // are no new facts.
    long at = Math.max(from, state.ringStart(place));
    while (at < state.next(place)) {
      at =
          state.replay(
              place,
              facts,
              at,
              record -> {
                now[0] = after(now[0], entry, record);
                return true;
              });
    }
    entry.relations = now[0];
    changed.accept(entry.user, now[0]);
    entry.loading = null;
    loading.complete(now[0]);
  }

  private static Relations after(
      Relations before, Entry entry, Decoded.Valid<? extends LogEvent> record) {
    if (!record.owner().equals(entry.user) || !(record.event() instanceof InboxEvent fact)) {
      return before;
    }
    ChangeRelation change = ChangeRelation.of(fact, entry.user, record.record().offset());
    return change == null ? before : change.apply(before);
  }

  private final class Facts implements RecordSink {
    @Override
    public void take(Decoded.Valid<? extends LogEvent> record) {
      Entry entry = entries.get(record.owner());
      Relations before = entry == null ? null : entry.relations;
      if (entry != null && before != null) {
        Relations now = after(before, entry, record);
        entry.relations = now;
        changed.accept(entry.user, now);
      }
    }

    /** Facts may be missing: the relations of that partition's users are read anew. */
    @Override
    public void interrupted(StreamPartition partition) {
      for (Entry entry : entries.values()) {
        if (entry.place().equals(partition)) {
          entry.interruptions++;
          entry.relations = null;
          tail.execute(state -> readAnew(state, entry));
        }
      }
    }
  }
}
