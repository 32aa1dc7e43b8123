package im.linnet.edge.attach;

import im.linnet.edge.session.Attacher;
import im.linnet.edge.session.LiveSession;
import im.linnet.log.tail.TailState;
import im.linnet.schemas.Position;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.frame.Frames;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of one session to the tail. Its steps run one after the other, each on the tail's thread
 * or on a worker, so it needs no lock.
 *
 * <table>
 * <caption>Steps</caption>
 * <tr><th>step</th><th>thread</th><th>next</th></tr>
 * <tr><td>{@link #begin}: judge {@code resume} (it asks Kafka if a position could be unknown)</td><td>tail</td><td>advance</td></tr>
 * <tr><td>{@link #advance}: see what is missing</td><td>tail</td><td>store, log, ring or
 *     live; itself again once a partition has begun or {@code opened} is acked</td></tr>
 * <tr><td>store: page by page up to the applied offsets</td><td>worker</td><td>advance</td></tr>
 * <tr><td>log: records that the view does not have yet and the ring has lost</td><td>worker</td>
 *     <td>advance</td></tr>
 * <tr><td>ring: a page per task</td><td>tail</td><td>advance</td></tr>
 * <tr><td>live: joins the subscribers of its keys and is sent {@code synced}, in one task</td><td>tail</td>
 *     <td>none</td></tr>
 * </table>
 *
 * <p>A failure closes the session. After any close the steps stop by themselves: see {@link
 * AttachSteps}.
 */
final class Attachment {
  private static final Logger LOG = LoggerFactory.getLogger(Attachment.class);

  private final AttachContext context;
  private final LiveSession session;
  private final List<PartitionCursor> cursors;
  private final Attacher.Request request;
  private final Runnable live;
  private final AttachSteps steps;
  private ResumeClaim claim = ResumeClaim.NOTHING;
  private boolean cut;
  private boolean inRing;
  private int rounds;

  /**
   * @param live runs once the session is live, as the last step
   */
  Attachment(
      AttachContext context,
      LiveSession session,
      int userPartition,
      Attacher.Request request,
      AttachEnd end,
      Runnable live) {
    this.context = context;
    this.session = session;
    this.request = request;
    this.live = live;
    this.steps = new AttachSteps(context, session, end);
    this.cursors = context.lanes().of(session.user(), userPartition);
  }

  /** The first step. On the tail's thread, which has retained the user's partition. */
  void begin(TailState tail) {
    try {
      judge(tail);
    } catch (RuntimeException e) {
      steps.fail(e);
    }
  }

  private void judge(TailState tail) {
    List<StreamPartition> own = cursors.stream().map(PartitionCursor::partition).toList();
    claim = ResumeClaim.of(request, own, context.logId());
    Set<StreamPartition> doubtful =
        claim.doubtful(each -> Math.max(context.applied().applied(each), tail.next(each)));
    if (doubtful.isEmpty()) {
      resume(tail, claim);
      return;
    }
    steps.when(
        context.ends().of(doubtful),
        ends -> steps.onTail(later -> resume(later, claim.judged(doubtful, ends))));
  }

  private void resume(TailState tail, ResumeClaim judged) {
    claim = judged;
    if (judged.reset()) {
      context.meters().resets.increment();
    }
    judged
        .seen()
        .forEach(
            (partition, offset) -> {
              // Of the many shared partitions only those of which the view may lack records.
              boolean own = partition.stream().keyedByUser();
              if (offset >= (own ? 0 : Math.max(0, context.applied().applied(partition)))) {
                session.seenOffsets().saw(partition, offset);
              }
            });
    for (PartitionCursor cursor : cursors) {
      Long offset = judged.seen().get(cursor.partition());
      if (offset != null) {
        cursor.reach(offset + 1);
      }
    }
    advance(tail);
  }

  /** Begins the next step towards the tail. On the tail's thread. */
  private void advance(TailState tail) {
    if (steps.over()) {
      return;
    }
    if (cursors.stream().anyMatch(PartitionCursor::unprepared)) {
      fromStore(tail);
      return;
    }
    StreamPartition idle = firstNotBegun(tail);
    if (idle != null) {
      steps.within(tail.whenBegun(idle), begun -> steps.onTail(this::advance));
      return;
    }
    for (PartitionCursor cursor : cursors) {
      if (cursor.needs() < tail.ringStart(cursor.partition())) {
        catchUp(tail, cursor);
        return;
      }
    }
    fromRing(tail);
  }

  /** The ring begins above the session's place: the view has gone on meanwhile, or it lags. */
  private void catchUp(TailState tail, PartitionCursor cursor) {
    long start = tail.ringStart(cursor.partition());
    long applied = context.applied().applied(cursor.partition());
    boolean far = start - cursor.needs() > context.settings().scanRecords();
    if (applied >= start || (far && applied > cursor.needs())) {
      fromStore(tail);
    } else if (far) {
      steps.fail(new BehindException("the view is too far behind"));
    } else {
      fromLog(tail, cursor);
    }
  }

  /** Serves all cursors at once, up to one and the same A per cursor. */
  private void fromStore(TailState tail) {
    if (!anotherRound()) {
      return;
    }
    List<StoreBacklog.Part> parts = new ArrayList<>();
    for (PartitionCursor cursor : cursors) {
      StoreBacklog.Part part = part(tail, cursor);
      if (part != null) {
        parts.add(part);
      } else if (cursor.unread()) {
        // The view has nothing of that partition: all of it comes from the log.
        cursor.reach(0);
      }
    }
    if (parts.isEmpty()) {
      steps.onTail(this::advance);
      return;
    }
    context.meters().storeRounds.increment();
    String view = context.applied().view();
    int sync = context.settings().sync();
    sendPages(new StoreBacklog(context.store(), view, session.user(), sync, parts));
  }

  /** What the store has to tell of one cursor, null for nothing. */
  private StoreBacklog.@Nullable Part part(TailState tail, PartitionCursor cursor) {
    long below = context.applied().applied(cursor.partition());
    boolean begun = tail.begun(cursor.partition());
    long start = begun ? tail.ringStart(cursor.partition()) : Long.MAX_VALUE;
    boolean records = cursor.unread() || cursor.place() < start;
    boolean missing = cursor.unprepared() || (cursor.needs() < start && cursor.needs() < below);
    return missing && (cursor.ofTopics() || cursor.place() < below)
        ? new StoreBacklog.Part(cursor, Math.max(0, below), records && cursor.place() < below)
        : null;
  }

  private void fromLog(TailState tail, PartitionCursor cursor) {
    if (!anotherRound()) {
      return;
    }
    steps.when(
        context.passes().join(tail, cursor, session.user(), cursor.needs()),
        pass -> steps.onTail(later -> sendPass(later, cursor, pass)));
  }

  private void sendPass(TailState tail, PartitionCursor cursor, LogPasses.Pass pass) {
    if (!tail.begun(cursor.partition())) {
      advance(tail);
      return;
    }
    sendPages(LogBacklog.of(context, tail, cursor, pass));
  }

  private boolean anotherRound() {
    rounds++;
    if (rounds > context.settings().rounds()) {
      steps.fail(new BehindException("the log is faster than this session"));
      return false;
    }
    return true;
  }

  /** Sends page by page on a worker, each once the outbox has room. */
  private void sendPages(Backlog backlog) {
    steps.whenRoom(() -> steps.onWorker(() -> sendPage(backlog)));
  }

  private void sendPage(Backlog backlog) {
    if (steps.over()) {
      return;
    }
    Page page = steps.page();
    boolean done = backlog.send(page);
    steps.sent(page);
    if (done) {
      cut |= backlog.cut();
      steps.onTail(this::advance);
    } else {
      sendPages(backlog);
    }
  }

  /** Sends a page from the rings. The task that finds no more records makes the session live. */
  private void fromRing(TailState tail) {
    if (!session.outbox().room().isDone()) {
      steps.whenRoom(() -> steps.onTail(this::advance));
      return;
    }
    boolean carried = true;
    for (PartitionCursor cursor : cursors) {
      carried &= cursor.carry(tail);
    }
    if (!carried) {
      steps.onTail(this::advance);
      return;
    }
    if (!inRing) {
      inRing = true;
      cursors.forEach(cursor -> cut |= RingBacklog.cut(tail, cursor, context.settings().sync()));
    }
    Page page = steps.page();
    boolean reached = true;
    for (PartitionCursor cursor : cursors) {
      StreamPartition partition = cursor.partition();
      if (!page.isFull()) {
        cursor.replay(
            tail,
            record -> {
              cut |= !page.trySend(partition, record);
              return !page.isFull();
            });
      }
      reached &= cursor.place() >= tail.next(partition);
    }
    steps.sent(page);
    CompletableFuture<?> opened = request.opened();
    if (!reached) {
      steps.onTail(this::advance);
    } else if (!opened.isDone() || opened.isCompletedExceptionally()) {
      steps.when(opened, acked -> steps.onTail(this::advance));
    } else {
      goLive(tail);
    }
  }

  private void goLive(TailState tail) {
    List<Position> at = new ArrayList<>(cursors.size());
    for (PartitionCursor cursor : cursors) {
      cursor.join(context.subscriptions(), tail, session);
      at.add(new Position(cursor.partition(), cursor.place() - 1));
    }
    session.topics().goLive();
    session.outbox().offer(Frames.synced(at, cut, claim.reset()));
    context.meters().live.increment();
    context.meters().pushed(AttachMeters.SYNCED, 1);
    LOG.debug("session={} user={} live, rounds={}", session.id(), session.user(), rounds);
    live.run();
  }

  private @Nullable StreamPartition firstNotBegun(TailState tail) {
    for (PartitionCursor cursor : cursors) {
      if (!tail.begun(cursor.partition())) {
        return cursor.partition();
      }
    }
    return null;
  }
}
