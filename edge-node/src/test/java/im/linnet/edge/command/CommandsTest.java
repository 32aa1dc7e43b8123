package im.linnet.edge.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.linnet.edge.publish.FakePublisher;
import im.linnet.log.publish.PublishException;
import im.linnet.log.publish.PublishException.Reason;
import im.linnet.log.tail.TailMeters;
import im.linnet.log.tail.TailSettings;
import im.linnet.log.tail.TailState;
import im.linnet.schemas.EventHeaders;
import im.linnet.schemas.EventTime;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.Topic;
import im.linnet.schemas.TopicCatalogue;
import im.linnet.schemas.event.CommandEvent;
import im.linnet.schemas.event.CommandEventCodec;
import im.linnet.schemas.event.InboxEventCodec;
import im.linnet.schemas.event.Origin;
import im.linnet.schemas.event.TopicAct;
import im.linnet.schemas.event.TopicCommand;
import im.linnet.schemas.event.VerdictEvent;
import im.linnet.schemas.frame.ReplyCode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CommandsTest {
  private static final StreamPartition PLACE = new StreamPartition(Stream.TOPIC, 0);
  private static final long TIME = 1_763_755_200_000L;
  private static final CommandEvent RENAME =
      new TopicCommand.Rename(new TopicAct("tea", "aa", "u1"), "Tea");

  private long nanos;
  private Duration silence = Duration.ZERO;
  private long offset;
  private final FakePublisher publisher = new FakePublisher();
  private final TailState state =
      new TailState(
          new TopicCatalogue(1, 1, 1),
          new TailSettings(1 << 20, Duration.ofSeconds(30), 1 << 24, Duration.ofSeconds(1)),
          new Random(1),
          () -> nanos,
          new TailMeters(new SimpleMeterRegistry()));
  private final Commands commands =
      new Commands(task -> task.run(state), publisher, () -> silence, () -> nanos);

  @BeforeEach
  void tail() {
    publisher.acks = false;
    state.takeWanted();
    state.begin(PLACE, 0, 0, 0);
  }

  private CompletableFuture<Answer> ask(CommandEvent command) {
    return commands.ask(command, "s1");
  }

  /** A verdict on a command stands in the log. */
  private void judged(
      CommandEvent command, int code, @Nullable String asked, @Nullable Origin first) {
    VerdictEvent verdict =
        new VerdictEvent(
            Stream.TOPIC,
            command.owner(),
            command.caller(),
            command.uuid(),
            code,
            code == 0 ? null : "no",
            asked,
            first);
    state.ingest(
        PLACE,
        new LogRecord(
            Topic.TOPIC,
            0,
            offset,
            TIME + offset,
            utf8(verdict.owner()),
            InboxEventCodec.encode(verdict),
            new EventHeaders(
                utf8(verdict.type()),
                utf8("id" + offset),
                utf8(verdict.source()),
                EventTime.format(TIME + offset),
                null)));
    offset++;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String digest(CommandEvent command) {
    return CommandEventCodec.digest(CommandEventCodec.encode(command));
  }

  @Test
  void aCommandIsPublishedAndAnsweredByItsVerdict() {
    CompletableFuture<Answer> answer = ask(RENAME);
    var record = publisher.published.getFirst().record();
    assertThat(record.topic()).isEqualTo(Topic.COMMAND);
    assertThat(record.key()).isEqualTo("tea");
    assertThat(record.id()).isEqualTo("u1");
    assertThat(record.session()).isEqualTo("s1");
    publisher.ack(0);
    assertThat(answer).isNotDone();
    judged(RENAME, 0, digest(RENAME), null);
    assertThat(answer)
        .isCompletedWithValue(
            new Answer(ReplyCode.OK, null, new Position(Stream.TOPIC, 0, 0), TIME, false));
  }

  @Test
  void aRefusalHasItsReason() {
    CompletableFuture<Answer> answer = ask(RENAME);
    judged(RENAME, 4003, digest(RENAME), null);
    assertThat(answer)
        .isCompletedWithValueMatching(
            each -> each.code() == ReplyCode.FORBIDDEN && "no".equals(each.message()));
  }

  @Test
  void aVerdictOnSomethingElseUnderTheSameUuidIsNoAnswer() {
    CommandEvent other = new TopicCommand.Rename(new TopicAct("tea", "aa", "u1"), "Coffee");
    CompletableFuture<Answer> first = ask(RENAME);
    CompletableFuture<Answer> second = ask(other);
    judged(RENAME, 0, digest(RENAME), null);
    assertThat(first).isCompletedWithValueMatching(each -> each.code() == ReplyCode.OK);
    assertThat(second)
        .isCompletedWithValueMatching(
            each ->
                each.code() == ReplyCode.CONFLICT
                    && String.valueOf(each.message()).startsWith("uuid: "));
  }

  @Test
  void aVerdictThatDoesNotSayWhatWasAskedAnswersAll() {
    CompletableFuture<Answer> answer = ask(RENAME);
    judged(RENAME, 0, null, null);
    assertThat(answer).isCompletedWithValueMatching(each -> each.code() == ReplyCode.OK);
  }

  @Test
  void aRepeatHasTheTimeOfTheFirstVerdict() {
    CompletableFuture<Answer> answer = ask(RENAME);
    Origin first = new Origin(new Position(Stream.TOPIC, 0, 0), TIME - 5_000);
    offset = 7;
    judged(RENAME, 0, digest(RENAME), first);
    assertThat(answer)
        .isCompletedWithValue(
            new Answer(ReplyCode.OK, null, new Position(Stream.TOPIC, 0, 7), TIME - 5_000, true));
  }

  @Test
  void aRepeatThatTheLogDoesNotTakeFailsAlone() {
    CompletableFuture<Answer> first = ask(RENAME);
    CompletableFuture<Answer> second = ask(RENAME);
    publisher.ack(0);
    publisher.fail(1, Reason.OVERLOADED);
    failsWith(second, PublishException.class);
    assertThat(first).isNotDone();
    judged(RENAME, 0, digest(RENAME), null);
    assertThat(first).isCompletedWithValueMatching(each -> each.code() == ReplyCode.OK);
  }

  @Test
  void aCommandThatTheLogDoesNotTakeWaitsNoLonger() {
    CompletableFuture<Answer> answer = ask(RENAME);
    publisher.fail(0, Reason.OVERLOADED);
    failsWith(answer, PublishException.class);
    nanos += Commands.LAG.toNanos() + 1;
    ask(RENAME);
    assertThat(publisher.published).as("nothing waits, so nothing lags").hasSize(2);
  }

  @Test
  void aLateFailureDoesNotEndTheNextAttempt() {
    CompletableFuture<Answer> first = ask(RENAME);
    nanos += Duration.ofSeconds(10).toNanos();
    commands.expire();
    failsWith(first, TimeoutException.class);
    CompletableFuture<Answer> again = ask(RENAME);
    publisher.ack(1);
    publisher.fail(0, Reason.TIMEOUT);
    assertThat(again).isNotDone();
    judged(RENAME, 0, digest(RENAME), null);
    assertThat(again).isCompletedWithValueMatching(each -> each.code() == ReplyCode.OK);
  }

  @Test
  void nothingIsPublishedWhereTheDeciderLags() {
    CompletableFuture<Answer> first = ask(RENAME);
    nanos += Commands.LAG.toNanos();
    ask(RENAME);
    assertThat(publisher.published).hasSize(2);
    nanos++;
    failsWith(ask(RENAME), DeciderLagsException.class);
    assertThat(publisher.published).hasSize(2);
    assertThat(first).isNotDone();
  }

  @Test
  void nothingIsPublishedWhereNoPersisterSaysAnything() {
    silence = Commands.SILENCE.plusNanos(1);
    failsWith(ask(RENAME), DeciderLagsException.class);
    silence = Commands.SILENCE;
    assertThat(ask(RENAME)).isNotDone();
    assertThat(publisher.published).hasSize(1);
  }

  @Test
  void whoeverWaitsIsToldThatTheEdgeEnds() {
    CompletableFuture<Answer> answer = ask(RENAME);
    commands.close();
    failsWith(answer, CancellationException.class);
  }

  private static void failsWith(CompletableFuture<?> answer, Class<? extends Exception> why) {
    assertThat(answer).isCompletedExceptionally();
    assertThatThrownBy(answer::join)
        .satisfiesAnyOf(
            thrown -> assertThat(thrown).isInstanceOf(why),
            thrown -> assertThat(thrown).hasCauseInstanceOf(why));
  }
}
