package im.linnet.cli.chat;

import im.linnet.client.ChatOps;
import im.linnet.client.Draft;
import im.linnet.client.MessageChange;
import im.linnet.log.Callbacks;
import im.linnet.schemas.event.MessageId;
import im.linnet.schemas.frame.ReplyCode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/** Sends the messages of the user, changes them, and shows the outcome. Safe on any thread. */
final class OwnWords {
  private final String user;
  private final Screen screen;
  private final ChatOps server;
  private final Answers answers;
  private final ShownConversation conversation;
  private final OwnMessages own;
  private volatile boolean failed;

  OwnWords(
      String user,
      Screen screen,
      ChatOps server,
      Answers answers,
      ShownConversation conversation,
      OwnMessages own) {
    this.user = user;
    this.screen = screen;
    this.server = server;
    this.answers = answers;
    this.conversation = conversation;
    this.own = own;
  }

  /** Whether a message was not sent, or not changed. */
  boolean failed() {
    return failed;
  }

  /** Sends a message into a talk. */
  void send(Talk to, String text) {
    Screen.Sending sending = screen.sending(user, text);
    CompletableFuture<MessageId> durable =
        server
            .messages()
            .send(new Draft(to.kind(), to.name(), Draft.TEXT, text, null, false))
            .whenComplete(
                (sent, failure) -> {
                  if (failure != null) {
                    failed = true;
                    sending.failed(
                        text,
                        Callbacks.cause(failure) instanceof TimeoutException,
                        Wording.of(failure, code -> adviceOnSending(to, code)));
                  } else {
                    MessageId message = new MessageId(to.kind(), to.name(), sent.uuid(), user);
                    conversation.sent(message, to, sent.timeMillis());
                    sending.sent(sent.timeMillis(), user, text);
                  }
                })
            .thenApply(sent -> new MessageId(to.kind(), to.name(), sent.uuid(), user));
    own.sending(to, durable);
    answers.add(durable.handle((message, failure) -> null));
  }

  private static String adviceOnSending(Talk to, ReplyCode code) {
    boolean outside = code == ReplyCode.FORBIDDEN || code == ReplyCode.NOT_FOUND;
    return outside && to.isTopic() ? "/join " + to.name() + " makes you a member" : "";
  }

  /** Changes a message as soon as it is durable. */
  void change(CompletableFuture<MessageId> last, MessageChange change) {
    answers.add(
        last.thenCompose(
                message -> server.messages().change(message, change).thenApply(done -> message))
            .handle(
                (message, failure) -> {
                  if (failure == null) {
                    if (change.isFinal()) {
                      own.recalled(message);
                    }
                    screen.changed(message, change, System.currentTimeMillis());
                  } else {
                    failed = true;
                    screen.note("not changed: " + Wording.of(failure, Wording.Advice.NONE));
                  }
                  return null;
                }));
  }
}
