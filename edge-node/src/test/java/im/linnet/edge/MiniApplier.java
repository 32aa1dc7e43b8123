package im.linnet.edge;

import im.linnet.log.KafkaSettings;
import im.linnet.log.LogPartition;
import im.linnet.log.applied.AppliedAnnouncer;
import im.linnet.log.follow.FollowFrom;
import im.linnet.log.follow.TopicFollower;
import im.linnet.log.publish.KafkaPublisher;
import im.linnet.log.tail.RecordFilter;
import im.linnet.log.topics.TopicAdmin;
import im.linnet.records.RecordPlanner;
import im.linnet.records.memory.InMemoryRecordStore;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.TopicCatalogue;
import im.linnet.schemas.event.Decoded;
import im.linnet.schemas.event.InboxEvent;
import im.linnet.schemas.event.RecordDecoder;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** As much of a persister as an edge needs: applies the streams, record by record. */
final class MiniApplier implements AutoCloseable {
  private final RecordDecoder<InboxEvent> decoder;
  private final Map<StreamPartition, RecordFilter> filters = new HashMap<>();
  private final InMemoryRecordStore store;
  private final TopicAdmin admin;
  private final KafkaPublisher publisher;
  private final AppliedAnnouncer announcer;
  private final TopicFollower follower;

  MiniApplier(KafkaSettings kafka, TopicCatalogue catalogue, InMemoryRecordStore store) {
    this.decoder = RecordDecoder.ofStreams(catalogue);
    this.store = store;
    this.admin = TopicAdmin.open(kafka);
    this.publisher = new KafkaPublisher(kafka, catalogue, "mini-applier", Clock.systemUTC());
    publisher.start();
    this.announcer = new AppliedAnnouncer(publisher, "mini-applier", store.state().id());
    this.follower =
        new TopicFollower(
            kafka,
            admin.offsets(),
            "mini-applier",
            LogPartition.ofStreams(catalogue),
            new FollowFrom.Earliest(),
            this::apply);
    announcer.start();
    follower.start();
  }

  private void apply(LogRecord record) {
    StreamPartition place = new StreamPartition(Stream.ofTopic(record.topic()), record.partition());
    List<Decoded.Valid<InboxEvent>> counting =
        decoder.decode(record) instanceof Decoded.Valid<InboxEvent> one && isFirst(place, record)
            ? List.of(one)
            : List.of();
    Map<StreamPartition, Long> next = Map.of(place, record.offset() + 1);
    String time = store.apply(RecordPlanner.plan(counting, next));
    announcer.applied(next, time);
  }

  private boolean isFirst(StreamPartition place, LogRecord record) {
    return filters
            .computeIfAbsent(place, each -> RecordFilter.of(decoder))
            .judge(record, at -> null)
        == RecordFilter.Verdict.COUNTS;
  }

  @Override
  public void close() {
    follower.close();
    announcer.close();
    publisher.close();
    admin.close();
  }
}
