package im.linnet.edge.publish;

import im.linnet.edge.command.Answer;
import im.linnet.edge.command.Verdicts;
import im.linnet.edge.session.Responder;
import im.linnet.edge.session.UserSession;
import im.linnet.log.Callbacks;
import im.linnet.records.Circle;
import im.linnet.schemas.Stream;
import im.linnet.schemas.event.FriendAct;
import im.linnet.schemas.event.FriendCommand;
import im.linnet.schemas.event.MessageEvent;
import im.linnet.schemas.event.Origin;
import im.linnet.schemas.frame.ReplyCode;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Has the steps between the session's user and others judged. They are commands, and go in turn
 * with the messages to the same user. Called on the session's event loop.
 */
public final class FriendSteps {
  private final UserSession session;
  private final SendParts parts;
  private final RecentSends recent;
  private final RecipientQueues queues;

  FriendSteps(UserSession session, SendParts parts, RecentSends recent, RecipientQueues queues) {
    this.session = session;
    this.parts = parts;
    this.recent = recent;
    this.queues = queues;
  }

  /**
   * Has a step between the session's user and another one judged, in turn with the messages to that
   * user. A repeat gets the first verdict.
   */
  public void take(
      FriendAct act, String to, String content, @Nullable String uuid, Responder reply) {
    String id = uuid == null ? parts.uuids().get() : uuid;
    FriendCommand command = new FriendCommand(act, id, session.user(), to, content);
    MessageEvent message =
        new MessageEvent(Stream.MUTUAL, id, session.user(), to, act.token(), content);
    RecentSends.Key key = uuid == null ? null : new RecentSends.Key(Stream.MUTUAL, to, uuid);
    queues.run(
        new RecipientQueues.Recipient(Stream.MUTUAL, to),
        () -> {
          try {
            return judged(command, message, key, reply);
          } catch (RuntimeException e) {
            reply.broken(e);
            return null;
          }
        });
  }

  private @Nullable CompletableFuture<?> judged(
      FriendCommand command, MessageEvent message, RecentSends.@Nullable Key key, Responder reply) {
    RecentSends.Send first = key == null ? null : recent.find(key);
    if (first != null && first.mayStand() && !first.holds(message)) {
      Sender.conflict(reply);
      return null;
    }
    if (first == null && isFull(command)) {
      reply.refuse(
          ReplyCode.TOO_LARGE,
          "to",
          "to: you have " + Circle.FRIENDS.most() + " friends already, remove one first");
      return null;
    }
    CompletableFuture<Origin> outcome = new CompletableFuture<>();
    if (key != null) {
      recent.put(key, new RecentSends.Send(message, outcome));
    }
    CompletableFuture<Answer> verdict = parts.decider().ask(command, session.id());
    reply.when(
        verdict,
        (answer, failure) -> {
          if (failure != null) {
            outcome.completeExceptionally(new UnfinishedException("it is not judged"));
            Verdicts.tell(reply, failure, parts.retryAfterMillis().getAsLong());
            return;
          }
          session.seenOffsets().saw(answer.at());
          outcome.complete(new Origin(answer.at(), answer.time()));
          if (answer.code() != ReplyCode.OK) {
            Verdicts.refuse(answer, "to", reply);
            return;
          }
          reply.ok(
              json -> {
                json.writeStringField("uuid", command.uuid());
                json.writeNumberField("time", answer.time());
              });
        });
    CompletableFuture<Void> turn = new CompletableFuture<>();
    Callbacks.whenDone(verdict, (answer, failure) -> session.execute(() -> turn.complete(null)));
    return turn;
  }

  private boolean isFull(FriendCommand command) {
    return (command.act() == FriendAct.ADD || command.act() == FriendAct.ACCEPT)
        && parts.rules().isFull(session.user(), Circle.FRIENDS, command.user());
  }
}
