package im.linnet.edge.command;

import im.linnet.edge.delivery.AwaitedVerdicts;
import im.linnet.edge.delivery.AwaitedVerdicts.Command;
import im.linnet.log.Callbacks;
import im.linnet.log.publish.OutgoingRecord;
import im.linnet.log.publish.Publisher;
import im.linnet.log.tail.RecordChoice;
import im.linnet.log.tail.RecordSink;
import im.linnet.log.tail.Tail;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.Position;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.Topic;
import im.linnet.schemas.event.CommandEvent;
import im.linnet.schemas.event.CommandEventCodec;
import im.linnet.schemas.event.Decoded;
import im.linnet.schemas.event.LogEvent;
import im.linnet.schemas.event.Origin;
import im.linnet.schemas.event.VerdictEvent;
import im.linnet.schemas.frame.ReplyCode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The way of an edge's commands to the decider, and of the verdicts back: a command is published,
 * and its verdict met on the tail. Safe on any thread.
 *
 * <p>Where the decider lags, commands are refused before they are published. It lags where a
 * command of this edge has waited for more than {@link #LAG}, or where no persister has said
 * anything for more than {@link #SILENCE}: the decider runs in the same process. So an edge needs
 * no word of the decider's own, and the first command after an outage finds out.
 */
public final class Commands implements Decider {
  /** How long a verdict may take before the next commands are refused. */
  static final Duration LAG = Duration.ofSeconds(2);

  /** Persisters announce each second. */
  static final Duration SILENCE = Duration.ofSeconds(5);

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int MOST = 10_000;

  private final Tail tail;
  private final Publisher publisher;
  private final Supplier<Duration> silence;

  /** Owned by the tail's thread. */
  private final AwaitedVerdicts<Judged> awaited;

  /**
   * A verdict from the log.
   *
   * @param answer what it says
   * @param asked the digest of the command that it was given to; null in one without it
   */
  private record Judged(Answer answer, @Nullable String asked) {}

  /**
   * @param tail meets the verdicts
   * @param publisher takes the commands
   * @param silence how long no persister has announced anything
   * @param nanos {@code System::nanoTime}
   */
  public Commands(Tail tail, Publisher publisher, Supplier<Duration> silence, LongSupplier nanos) {
    this.tail = tail;
    this.publisher = publisher;
    this.silence = silence;
    this.awaited = new AwaitedVerdicts<>(MOST, PATIENCE, nanos);
    tail.execute(
        state -> state.watch(RecordChoice.ofTypes(List.of(VerdictEvent.TYPE)), new Verdicts()));
  }

  @Override
  public CompletableFuture<Answer> ask(CommandEvent command, String session) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    tail.execute(
        state -> {
          try {
            begin(command, session, answer);
          } catch (RuntimeException e) {
            answer.completeExceptionally(e);
          }
        });
    return answer;
  }

  private void begin(CommandEvent command, String session, CompletableFuture<Answer> answer) {
    if (awaited.longest().compareTo(LAG) > 0 || silence.get().compareTo(SILENCE) > 0) {
      answer.completeExceptionally(new DeciderLagsException());
      return;
    }
    Command id = new Command(command.owner(), command.caller(), command.uuid());
    byte[] value = CommandEventCodec.encode(command);
    // Before it is published, so that its verdict cannot pass unseen.
    CompletableFuture<Judged> request = awaited.await(id);
    Callbacks.whenDone(
        request,
        (verdict, failure) -> {
          if (failure == null) {
            answer.complete(answer(verdict, CommandEventCodec.digest(value)));
          } else {
            answer.completeExceptionally(Callbacks.cause(failure));
          }
        });
    Callbacks.whenDone(
        publisher.publish(
            new OutgoingRecord(
                Topic.COMMAND,
                command.owner(),
                value,
                command.type(),
                command.id(""),
                command.source(),
                session)),
        (appended, failure) -> {
          if (failure != null) {
            tail.execute(state -> awaited.forget(id, request, Callbacks.cause(failure)));
          }
        });
  }

  /** A verdict on something else that the caller asked for under this uuid is no answer. */
  private static Answer answer(Judged verdict, String digest) {
    Answer given = verdict.answer();
    return verdict.asked() == null || verdict.asked().equals(digest)
        ? given
        : new Answer(
            ReplyCode.CONFLICT,
            "uuid: was used before for another request",
            given.at(),
            given.time(),
            given.repeated());
  }

  /** Gives up what has waited for too long. To be called every second or more often. */
  public void expire() {
    tail.execute(state -> awaited.expire());
  }

  /** The tail ends: whoever waits is told. */
  public void close() {
    tail.execute(state -> awaited.close());
  }

  private final class Verdicts implements RecordSink {
    @Override
    public void take(Decoded.Valid<? extends LogEvent> record) {
      if (record.event() instanceof VerdictEvent verdict) {
        LogRecord raw = record.record();
        StreamPartition place = new StreamPartition(verdict.kind(), raw.partition());
        Origin first = verdict.of();
        var unused =
            awaited.answer(
                new Command(verdict.key(), verdict.caller(), verdict.uuid()),
                new Judged(
                    new Answer(
                        ReplyCode.ofCode(verdict.code()),
                        verdict.message(),
                        new Position(place, raw.offset()),
                        first == null ? raw.timestamp() : first.time(),
                        first != null),
                    verdict.asked()));
      }
    }

    /** Whoever waits for a verdict in the gap is told after its time. */
    @Override
    public void interrupted(StreamPartition partition) {}
  }
}
