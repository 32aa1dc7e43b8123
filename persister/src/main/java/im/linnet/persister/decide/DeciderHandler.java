package im.linnet.persister.decide;

import im.linnet.log.LogPartition;
import im.linnet.log.LogUnavailableException;
import im.linnet.log.group.TransactionalHandler;
import im.linnet.log.group.TransientFailureException;
import im.linnet.log.publish.OutgoingRecord;
import im.linnet.persister.decide.CommandJudge.Judged;
import im.linnet.records.StoreUnavailableException;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.TopicCatalogue;
import im.linnet.schemas.event.CommandEvent;
import im.linnet.schemas.event.Decoded;
import im.linnet.schemas.event.InboxEvent;
import im.linnet.schemas.event.InboxEventCodec;
import im.linnet.schemas.event.RecordDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The decider in its group: answers each batch of commands with facts and verdicts. Before it reads
 * a state it waits until the view holds all that was published before, by itself and by those who
 * had its partitions before. Called on the loop's thread only.
 */
final class DeciderHandler implements TransactionalHandler {
  private static final Logger LOG = LoggerFactory.getLogger(DeciderHandler.class);

  /** The streams that hold facts and verdicts. */
  private static final List<Stream> WRITTEN = List.of(Stream.MUTUAL, Stream.TOPIC);

  /** Where partitions end, records of open transactions among them. */
  @FunctionalInterface
  interface Ends {
    /**
     * The offset that the next record of each partition will get.
     *
     * @throws LogUnavailableException if Kafka does not answer
     */
    Map<LogPartition, Long> of(Collection<LogPartition> partitions);
  }

  private final TopicCatalogue catalogue;
  private final RecordDecoder<CommandEvent> decoder;
  private final ViewProgress view;
  private final CommandJudge judge;
  private final Ends ends;
  private final DeciderMeters meters;

  /** Where records were published that the view may not hold yet. */
  private final Set<StreamPartition> published = new HashSet<>();

  DeciderHandler(
      TopicCatalogue catalogue,
      RecordDecoder<CommandEvent> decoder,
      ViewProgress view,
      CommandJudge judge,
      Ends ends,
      DeciderMeters meters) {
    this.catalogue = catalogue;
    this.decoder = decoder;
    this.view = view;
    this.judge = judge;
    this.ends = ends;
    this.meters = meters;
  }

  @Override
  public void assigned(Set<Integer> partitions) throws TransientFailureException {
    published.addAll(catalogue.partitions(WRITTEN));
    awaitPublished();
  }

  @Override
  public void revoked(Set<Integer> partitions) {
    // No state belongs to a partition.
  }

  @Override
  public List<OutgoingRecord> handle(List<LogRecord> records) throws TransientFailureException {
    List<Decoded.Valid<CommandEvent>> commands = new ArrayList<>();
    for (LogRecord record : records) {
      Decoded.Valid<CommandEvent> command = decode(record);
      if (command != null) {
        commands.add(command);
      }
    }
    if (commands.isEmpty()) {
      return List.of();
    }
    awaitPublished();
    try {
      List<OutgoingRecord> answers = new ArrayList<>();
      List<Judged> judged = judge.judge(commands);
      for (int i = 0; i < judged.size(); i++) {
        meters.judged(judged.get(i));
        answer(judged.get(i), session(commands.get(i).record()), answers);
      }
      return answers;
    } catch (StoreUnavailableException e) {
      throw new TransientFailureException("the store is away: " + e.getMessage(), e);
    }
  }

  @Override
  public List<OutgoingRecord> tick(long nowMillis) {
    return List.of();
  }

  private Decoded.@Nullable Valid<CommandEvent> decode(LogRecord record) {
    return switch (decoder.decode(record)) {
      case Decoded.Valid<CommandEvent> valid -> valid;
      case Decoded.Stale<CommandEvent> stale -> {
        meters.stale();
        yield null;
      }
      case Decoded.Unknown<CommandEvent> unknown -> {
        LOG.warn("{} is of a newer version: '{}'", record.place(), unknown.type());
        meters.unusable();
        yield null;
      }
      case Decoded.Malformed<CommandEvent> malformed -> {
        LOG.warn("{} is no command: {}", record.place(), malformed.reason());
        meters.unusable();
        yield null;
      }
    };
  }

  private void awaitPublished() throws TransientFailureException {
    if (published.isEmpty()) {
      return;
    }
    Map<StreamPartition, Long> reach = new HashMap<>();
    try {
      ends.of(published.stream().map(LogPartition::of).toList())
          .forEach(
              (partition, end) -> {
                StreamPartition place = partition.place();
                if (place != null) {
                  reach.put(place, end);
                }
              });
    } catch (LogUnavailableException e) {
      throw new TransientFailureException("Kafka is away: " + e.getMessage(), e);
    }
    view.await(reach);
    published.clear();
  }

  /** The facts, and the verdict behind them. */
  private void answer(Judged judged, @Nullable String session, List<OutgoingRecord> answers) {
    for (InboxEvent fact : judged.decision().facts()) {
      byte[] value = InboxEventCodec.encode(fact);
      fact.keys().forEach(key -> answers.add(record(fact, key, value, judged, session)));
    }
    InboxEvent verdict = judged.verdict();
    answers.add(record(verdict, verdict.owner(), InboxEventCodec.encode(verdict), judged, session));
  }

  private OutgoingRecord record(
      InboxEvent event, String key, byte[] value, Judged judged, @Nullable String session) {
    Stream stream = event.kind();
    published.add(
        new StreamPartition(
            stream, catalogue.partition(stream, key.getBytes(StandardCharsets.UTF_8))));
    return new OutgoingRecord(
        stream.topic(),
        key,
        value,
        event.type(),
        event.id(judged.command().uuid()),
        event.source(),
        session);
  }

  private static @Nullable String session(LogRecord command) {
    byte[] session = command.headers().session();
    return session == null ? null : new String(session, StandardCharsets.UTF_8);
  }
}
