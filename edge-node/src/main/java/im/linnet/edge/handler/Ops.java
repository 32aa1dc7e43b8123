package im.linnet.edge.handler;

import im.linnet.edge.presence.LookUps;
import im.linnet.edge.presence.PresenceBoard;
import im.linnet.edge.presence.PresenceWatchers;
import im.linnet.edge.publish.SendParts;
import im.linnet.edge.reads.ViewReads;
import im.linnet.edge.session.Requests;
import im.linnet.edge.session.UserSession;
import java.time.Clock;

/** The handlers of all ops, shared by all sessions. */
public final class Ops implements Requests.Factory {
  final Clock clock;
  final SendParts sends;
  final SendHandler send = new SendHandler();
  final ReadHandler read;
  final HistoryHandler history;
  final UnreadHandler unread;
  final PresenceHandler presence;

  /**
   * Makes them.
   *
   * @param sends what senders need
   * @param reads the way to the store
   * @param board who is online
   * @param watchers who is told
   * @param lookUps reads users whom the edge does not keep
   * @param watchedUsers users that one session watches
   */
  public Ops(
      Clock clock,
      SendParts sends,
      ViewReads reads,
      PresenceBoard board,
      PresenceWatchers watchers,
      LookUps lookUps,
      int watchedUsers) {
    Failures failures = new Failures(sends.retryAfterMillis());
    this.clock = clock;
    this.sends = sends;
    this.read = new ReadHandler(sends.inbox(), sends.uuids(), sends.retryAfterMillis());
    this.history = new HistoryHandler(sends.inbox(), reads, failures);
    this.unread = new UnreadHandler(sends.inbox(), reads, failures);
    this.presence =
        new PresenceHandler(board, watchers, lookUps, watchedUsers, sends.retryAfterMillis());
  }

  @Override
  public Requests open(UserSession session) {
    return new SessionRequests(session, this);
  }
}
