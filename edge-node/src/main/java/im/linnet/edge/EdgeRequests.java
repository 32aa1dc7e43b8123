package im.linnet.edge;

import im.linnet.edge.attach.AttachMeters;
import im.linnet.edge.attach.Attachments;
import im.linnet.edge.command.Commands;
import im.linnet.edge.config.EdgeConfig;
import im.linnet.edge.delivery.SignalFeed;
import im.linnet.edge.op.Ops;
import im.linnet.edge.ops.EdgeMetrics;
import im.linnet.edge.presence.FriendWatchers;
import im.linnet.edge.publish.InboxPublisher;
import im.linnet.edge.publish.LoggedBefore;
import im.linnet.edge.publish.MadeUuids;
import im.linnet.edge.publish.SendParts;
import im.linnet.edge.publish.StatusPublisher;
import im.linnet.edge.reads.SharedEnds;
import im.linnet.edge.reads.ViewReads;
import im.linnet.edge.relations.RecipientRules;
import im.linnet.edge.relations.RelationAttacher;
import im.linnet.edge.relations.RelationBook;
import im.linnet.edge.session.Attacher;
import im.linnet.log.tail.Tail;
import im.linnet.records.Circle;
import im.linnet.records.RecordReader;
import im.linnet.schemas.Topic;
import java.time.Clock;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The way of an edge's sessions to the tail, and the ops that they ask for. */
final class EdgeRequests {
  private static final int ATTACH_QUEUE = 20_000;
  private static final int LOG_WORKERS = 2;
  private static final long COMMAND_TICK_MILLIS = 500;

  private final EdgeConfig config;
  private final EdgeLog log;
  private final EdgePresence presence;
  private final RecordReader store;
  private final EdgeMetrics metrics;
  private final SharedEnds ends;
  private final Executor workers;
  private final RelationBook relations;
  private final Commands commands;
  private final Attachments attachments;
  private final Attacher attacher;

  /**
   * @param workers where the view is read for ops
   */
  EdgeRequests(
      EdgeConfig config,
      EdgeLog log,
      Tail tail,
      EdgePresence presence,
      RecordReader store,
      Executor workers,
      EdgeMetrics metrics,
      Later later,
      Closers closers) {
    this.config = config;
    this.log = log;
    this.presence = presence;
    this.store = store;
    this.metrics = metrics;
    this.workers = workers;
    this.ends = new SharedEnds(log.offsets());
    FriendWatchers friends = new FriendWatchers(presence.watchers(), presence.lookUps(), later);
    this.relations =
        new RelationBook(
            tail,
            log.applied(),
            store,
            workers,
            user -> log.publisher().partition(Topic.MUTUAL, user),
            (user, now) -> friends.changed(user, now.of(Circle.FRIENDS)));
    this.commands = new Commands(tail, log.publisher(), log.applied()::silence, System::nanoTime);
    closers.add("commands", commands::close);
    later.every(COMMAND_TICK_MILLIS, commands::expire);
    this.attachments = attachments(tail, closers);
    this.attacher = new RelationAttacher(attachments, relations, friends);
  }

  private Attachments attachments(Tail tail, Closers closers) {
    // A pool of their own: a storm of attaching sessions must not starve the ops of attached ones.
    ThreadPoolExecutor pages =
        Workers.pool("linnet-edge-attach", config.reads().workers(), ATTACH_QUEUE);
    ThreadPoolExecutor passes = Workers.pool("linnet-edge-scan", LOG_WORKERS, ATTACH_QUEUE);
    closers.add("attach workers", pages::shutdownNow);
    closers.add("scan workers", passes::shutdownNow);
    return new Attachments(
        new Attachments.Sources(tail, store, log.applied(), ends, log.scanner(), log.logId()),
        new Attachments.Workers(pages, passes),
        log.catalogue(),
        user -> log.publisher().partition(Topic.P2P, user),
        config
            .attach()
            .withOutbox(config.sessions().outboxBytes(), config.sessions().outboxFrames())
            .withSync(config.sessions().limits().sync()),
        new AttachMeters(metrics),
        new Random());
  }

  /** Brings sessions to the tail. */
  Attacher attacher() {
    return attacher;
  }

  /** Pushes signals to the members of topics. */
  SignalFeed.Topics topics() {
    return attachments::signal;
  }

  /**
   * The ops of sessions.
   *
   * @param clock the time of day
   * @param ids draws ids of records
   * @param retryAfterMillis the time after which a client that gets 5003 shall try again
   */
  Ops ops(Clock clock, EdgeSignals signals, Supplier<String> ids, LongSupplier retryAfterMillis) {
    InboxPublisher inbox = new InboxPublisher(log.publisher());
    ViewReads reads =
        new ViewReads(log.applied(), ends, store, workers, config.reads().viewWait(), metrics);
    SendParts sends =
        new SendParts(
            inbox,
            new LoggedBefore(ends, inbox, reads),
            new RecipientRules(relations, config.p2p()),
            commands,
            presence::hasSeveralDevices,
            new MadeUuids(ids),
            config.sessions().rememberedSends(),
            retryAfterMillis);
    return new Ops(
        clock,
        sends,
        reads,
        presence.board(),
        presence.watchers(),
        presence.lookUps(),
        config.sessions().watchedUsers(),
        signals.publisher(),
        new StatusPublisher(config.edge(), log.publisher(), ids),
        metrics);
  }
}
