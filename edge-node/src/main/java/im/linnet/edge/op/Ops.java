package im.linnet.edge.op;

import im.linnet.edge.ops.EdgeMetrics;
import im.linnet.edge.ops.OpMeters;
import im.linnet.edge.presence.LookUps;
import im.linnet.edge.presence.PresenceBoard;
import im.linnet.edge.presence.PresenceWatchers;
import im.linnet.edge.publish.SendParts;
import im.linnet.edge.publish.SendRules;
import im.linnet.edge.publish.Sender;
import im.linnet.edge.publish.SignalPublisher;
import im.linnet.edge.publish.StatusPublisher;
import im.linnet.edge.reads.ViewReads;
import im.linnet.edge.session.SessionRequests;
import im.linnet.edge.session.UserSession;
import im.linnet.records.Circle;
import im.linnet.schemas.Excerpt;
import im.linnet.schemas.event.BlockAct;
import im.linnet.schemas.frame.BadRequestException;
import im.linnet.schemas.frame.RequestFields;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The table of all ops, by name. It is the only list of them. Immutable; safe on any thread. */
public final class Ops implements SessionRequests.Factory {
  private final Map<String, Op<?>> ops = new LinkedHashMap<>();
  private final Map<String, OpMeters> meters = new HashMap<>();
  private final OpMeters others;
  private final SendParts sends;
  private final SendRules rules;
  private final PresenceWatchOp watch;

  /**
   * The ops of an edge.
   *
   * @param clock the time of day
   * @param sends the parts of a sender
   * @param reads the way to the store
   * @param board the presence of users
   * @param watchers the sessions that watch users
   * @param lookUps reads users that the edge does not keep
   * @param watchedUsers the most users that one session watches
   * @param signals publishes signals
   * @param statuses publishes statuses
   * @param metrics the counters of requests, by op
   */
  public Ops(
      Clock clock,
      SendParts sends,
      ViewReads reads,
      PresenceBoard board,
      PresenceWatchers watchers,
      LookUps lookUps,
      int watchedUsers,
      SignalPublisher signals,
      StatusPublisher statuses,
      EdgeMetrics metrics) {
    this.sends = sends;
    this.others = metrics.op("other");
    Failures failures = new Failures(sends.retryAfterMillis());
    PresenceGetOp presence = new PresenceGetOp(board, lookUps, sends.retryAfterMillis());
    TopicAccess topics = new TopicAccess(reads, sends.inbox(), failures);
    SendAccess access = new SendAccess(topics, sends.rules(), sends.retryAfterMillis());
    this.rules = access;
    MessageChanges changes = new MessageChanges(sends, access, reads, topics, failures, clock);
    CircleOp blocks =
        new CircleOp("block.list", Circle.BLOCKED, "blocked", sends.inbox(), reads, failures);
    PersonalChanges personal = new PersonalChanges(sends, reads, failures);
    this.watch = new PresenceWatchOp(presence, watchers, lookUps, watchedUsers);
    List<Op<?>> all = new ArrayList<>();
    for (TopicStep step : TopicStep.values()) {
      all.add(new TopicCommandOp(step, topics, sends));
    }
    all.addAll(
        List.of(
            new AuthOp(),
            new LogoutOp(),
            new PingOp(clock),
            new PongOp(),
            new SendOp(),
            new ReadOp(sends.inbox(), topics, failures, sends.uuids(), sends.retryAfterMillis()),
            new EditOp(changes),
            new RecallOp(changes),
            new HistoryOp(sends.inbox(), reads, failures),
            new UnreadOp(sends.inbox(), reads, failures),
            new TopicInfoOp(topics, reads, failures),
            new TopicListOp(reads, failures),
            new TopicMembersOp(topics, reads, failures),
            new CircleOp("friend.list", Circle.FRIENDS, "friends", sends.inbox(), reads, failures),
            new FriendRequestsOp(sends.inbox(), reads, failures),
            new BlockOp(BlockAct.ADD, sends, blocks),
            new BlockOp(BlockAct.REMOVE, sends, blocks),
            blocks,
            new ConversationsOp(reads, failures),
            new ReceiptsOp(sends.inbox(), reads, failures),
            new TypingOp(signals, access, sends.retryAfterMillis()),
            new ProfileSetOp(personal),
            new ProfileGetOp(reads, failures),
            new ContactSetOp(personal),
            new ContactListOp(sends.inbox(), reads, failures),
            new PresenceSetOp(statuses, board, sends.retryAfterMillis()),
            presence,
            watch));
    for (Op<?> op : all) {
      ops.put(op.name(), op);
      meters.put(op.name(), metrics.op(op.name()));
    }
  }

  /** Every op. */
  Collection<Op<?>> all() {
    return ops.values();
  }

  /** The op that a request names. */
  Op<?> op(RequestFields request) throws BadRequestException {
    String name = request.op();
    Op<?> op = ops.get(name);
    if (op == null) {
      throw request.problem("op", "unknown op '" + Excerpt.of(name) + "'");
    }
    return op;
  }

  @Override
  public SessionRequests open(UserSession session) {
    return new Caller(session, this);
  }

  @Override
  public OpMeters meters(@Nullable String op) {
    return op == null ? others : meters.getOrDefault(op, others);
  }

  Sender sender(UserSession session) {
    return new Sender(session, sends, rules);
  }

  /** Ends the watches of a session. */
  void forget(UserSession session, Set<String> watched) {
    watch.forget(session, watched);
  }
}
