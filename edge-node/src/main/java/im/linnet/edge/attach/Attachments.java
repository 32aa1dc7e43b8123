package im.linnet.edge.attach;

import im.linnet.edge.config.AttachSettings;
import im.linnet.edge.delivery.Subscriptions;
import im.linnet.edge.reads.SharedEnds;
import im.linnet.edge.session.Attacher;
import im.linnet.edge.session.LiveSession;
import im.linnet.log.Callbacks;
import im.linnet.log.applied.AppliedOffsets;
import im.linnet.log.tail.LogScanner;
import im.linnet.log.tail.Tail;
import im.linnet.log.tail.TailState;
import im.linnet.records.RecordReader;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.TopicCatalogue;
import im.linnet.schemas.event.LogEvent;
import im.linnet.schemas.event.RecordDecoder;
import im.linnet.schemas.frame.CloseCode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;

/**
 * Attaches and detaches the sessions of an edge. Both methods may be called on any thread and
 * return at once. The work runs on the tail's thread and on workers, see {@link Attachment}.
 *
 * <p>A session must answer true to {@link LiveSession#isClosed} before it is detached. It must be
 * detached once, even if its attach failed: the detach releases its partitions.
 */
public final class Attachments implements Attacher {
  private final AttachContext context;
  private final ToIntFunction<String> userPartition;
  private final AttachSlots admission;

  /** The ids of sessions from their first task on the tail to their last. Owned by its thread. */
  private final Set<String> attached = new HashSet<>();

  /** By session id, the end of an attach that is not live yet. Owned by the tail's thread. */
  private final Map<String, AttachEnd> underWay = new HashMap<>();

  /**
   * The parts of the edge that attaching needs.
   *
   * @param tail the tail of the log
   * @param store the view
   * @param applied the applied offsets of the view
   * @param ends the ends of the log, asked from Kafka
   * @param scanner reads the log itself if there is a gap between view and ring
   * @param logId the id of the log
   */
  public record Sources(
      Tail tail,
      RecordReader store,
      AppliedOffsets applied,
      SharedEnds ends,
      LogScanner scanner,
      String logId) {}

  /**
   * The bounded threads for steps that block. A rejected step closes its session with 3004.
   *
   * @param store reads pages from the store and sends them
   * @param log reads the log itself, up to 10 s at a time; one or two threads
   */
  public record Workers(Executor store, Executor log) {}

  /**
   * @param sources the sources of the records
   * @param workers the threads for steps that block
   * @param catalogue the partition counts
   * @param userPartition the partition of a user's key
   * @param settings bounds
   * @param meters where it counts
   * @param random for jitter; safe on any thread ({@link java.util.Random} is)
   */
  public Attachments(
      Sources sources,
      Workers workers,
      TopicCatalogue catalogue,
      ToIntFunction<String> userPartition,
      AttachSettings settings,
      AttachMeters meters,
      RandomGenerator random) {
    long least = settings.retryAfter().toMillis();
    LongSupplier retryAfter = () -> least + random.nextLong(least + 1);
    this.userPartition = userPartition;
    this.admission = new AttachSlots(settings.inProgress(), settings.waiting());
    meters.show(admission);
    RecordDecoder<? extends LogEvent> decoder = RecordDecoder.ofStreams(catalogue);
    this.context =
        new AttachContext(
            decoder,
            sources.tail(),
            sources.store(),
            sources.applied(),
            sources.ends(),
            new LogPasses(
                decoder, sources.scanner(), sources.tail(), workers.log(), meters, settings),
            new Subscriptions(userPartition, settings.few(), retryAfter, meters::pushed),
            workers.store(),
            Lanes.of(catalogue),
            sources.logId(),
            settings,
            meters,
            retryAfter);
    sources.tail().execute(context.subscriptions()::begin);
  }

  /**
   * Pushes a frame without a place in the log to the live sessions of a topic's members. Any
   * thread.
   *
   * @param from the user whose sessions do not get it
   */
  public void signal(StreamPartition place, String topic, String from, byte[] frame) {
    context.tail().execute(tail -> context.subscriptions().signal(place, topic, from, frame));
  }

  @Override
  public CompletableFuture<Void> attach(LiveSession session, Request request) {
    AttachEnd end = new AttachEnd(admission::leave);
    int partition = userPartition.applyAsInt(session.user());
    Attachment attachment =
        new Attachment(context, session, partition, request, end, () -> live(session, end));
    boolean entered =
        admission.enter(
            () -> context.tail().execute(tail -> begin(tail, session, attachment, end)));
    if (entered) {
      long began = System.nanoTime();
      Callbacks.whenDone(
          end.result(),
          (live, failure) -> {
            if (failure == null) {
              context.meters().took.record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
            }
          });
      return end.result();
    }
    context.meters().refused.increment();
    session.close(
        CloseCode.OVERLOADED, "too many sessions attach", context.retryAfterMillis().getAsLong());
    return AttachEnd.refused(session);
  }

  private void begin(TailState tail, LiveSession session, Attachment attachment, AttachEnd end) {
    if (session.isClosed()) {
      // Its detach may have run already, so it must not retain anything now.
      end.over();
      return;
    }
    attached.add(session.id());
    underWay.put(session.id(), end);
    tail.retain(userPartition.applyAsInt(session.user()));
    attachment.begin(tail);
  }

  /** From now on the session is known to the subscriptions, and its attach is forgotten. */
  private void live(LiveSession session, AttachEnd end) {
    underWay.remove(session.id());
    end.live();
  }

  @Override
  public void detach(LiveSession session) {
    context
        .tail()
        .execute(
            tail -> {
              if (attached.remove(session.id())) {
                context.subscriptions().leave(tail, session);
                tail.release(userPartition.applyAsInt(session.user()));
              }
              AttachEnd end = underWay.remove(session.id());
              if (end != null) {
                end.over();
              }
            });
  }
}
