package im.linnet.records.mongo;

import com.mongodb.ReadConcern;
import com.mongodb.client.ClientSession;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.UpdateManyModel;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.WriteModel;
import im.linnet.records.Change;
import im.linnet.records.MarkDocument;
import im.linnet.records.MarkTopic;
import im.linnet.records.MemberDocument;
import im.linnet.records.MessageDocument;
import im.linnet.records.RecordPlan;
import im.linnet.records.Span;
import im.linnet.records.TopicState;
import im.linnet.records.ViewCollection;
import im.linnet.schemas.Stream;
import im.linnet.schemas.document.ReadMark;
import im.linnet.schemas.document.RecordMessage;
import im.linnet.schemas.document.TopicInfo;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/**
 * Moves members' marks in topics up, and adds each to {@code IsRead} of the messages that its mark
 * passed. First {@code IsRead}, then the mark: a crash between the two is followed by both. A
 * message that a mark passed keeps its reader whatever comes later, so a repeat finds it there.
 */
final class TopicMarkWriter implements ChangeWriter {
  private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);
  private static final UpdateOptions UPSERT = new UpdateOptions().upsert(true);

  private final MongoTables tables;

  TopicMarkWriter(MongoTables tables) {
    this.tables = tables;
  }

  @Override
  public Class<? extends Change> kind() {
    return MarkTopic.class;
  }

  @Override
  public void write(ClientSession session, RecordPlan plan) {
    List<MarkTopic> marks = plan.of(MarkTopic.class);
    if (marks.isEmpty()) {
      return;
    }
    Map<String, Long> reached = reached(session, marks);
    Map<String, Long> before = new HashMap<>();
    for (MarkDocument each : byIds(session, ViewCollection.MARKS, reached.keySet())) {
      before.put(TopicDocuments.id(each.topic(), each.reader()), each.upTo());
    }
    marks = marks.stream().filter(mark -> isHigher(mark, reached, before)).toList();
    addReaders(session, marks, reached, before);
    List<WriteModel<BsonDocument>> moved = new ArrayList<>();
    for (MarkTopic mark : marks) {
      String id = id(mark);
      moved.add(moved(mark, id, reached.getOrDefault(id, -1L)));
    }
    if (!moved.isEmpty()) {
      tables
          .collection(ViewCollection.MARKS)
          .withDocumentClass(BsonDocument.class)
          .bulkWrite(session, moved, UNORDERED);
    }
  }

  private static String id(MarkTopic mark) {
    return TopicDocuments.id(mark.topic(), mark.reader());
  }

  private static boolean isHigher(
      MarkTopic mark, Map<String, Long> reached, Map<String, Long> before) {
    String id = id(mark);
    return reached.getOrDefault(id, -1L) > before.getOrDefault(id, -1L);
  }

  private static UpdateOneModel<BsonDocument> moved(MarkTopic mark, String id, long upTo) {
    return new UpdateOneModel<>(
        Bson.id(id),
        new BsonDocument(
                "$setOnInsert",
                new BsonDocument(ReadMark.READER, new BsonString(mark.reader()))
                    .append(ReadMark.TOPIC_ID, new BsonString(mark.topic())))
            .append("$max", new BsonDocument(ReadMark.UP_TO, new BsonInt64(upTo))),
        UPSERT);
  }

  /** By mark the offset that it reaches, with those that name messages looked up. */
  private Map<String, Long> reached(ClientSession session, List<MarkTopic> marks) {
    Map<String, Long> reached = new HashMap<>();
    for (MarkTopic mark : marks) {
      long upTo = mark.upTo();
      if (!mark.uuids().isEmpty()) {
        BsonDocument named =
            Bson.to(mark.topic()).append(RecordMessage.UUID, Bson.in(mark.uuids().keySet()));
        for (MessageDocument found :
            tables
                .messages(Stream.TOPIC)
                .withReadConcern(ReadConcern.LOCAL)
                .find(session, named)
                .hintString(MongoForm.IDENTITY)) {
          long offset = found.stored().at().offset();
          String uuid = found.stored().message().uuid();
          if (offset < mark.uuids().getOrDefault(uuid, -1L)) {
            upTo = Math.max(upTo, offset);
          }
        }
      }
      reached.put(id(mark), upTo);
    }
    return reached;
  }

  private void addReaders(
      ClientSession session,
      List<MarkTopic> marks,
      Map<String, Long> reached,
      Map<String, Long> before) {
    Map<String, Boolean> histories = histories(session, marks);
    Map<String, MemberDocument> members = new HashMap<>();
    Set<String> ids = new HashSet<>();
    marks.forEach(mark -> ids.add(id(mark)));
    for (MemberDocument each : byIds(session, ViewCollection.MEMBERS, ids)) {
      members.put(TopicDocuments.id(each.topic(), each.user()), each);
    }
    Map<String, ReadRanges> byTopic = new HashMap<>();
    for (MarkTopic mark : marks) {
      String id = id(mark);
      long above = before.getOrDefault(id, -1L);
      long upTo = reached.getOrDefault(id, -1L);
      ReadRanges ranges = byTopic.computeIfAbsent(mark.topic(), topic -> new ReadRanges());
      if (histories.getOrDefault(mark.topic(), false)) {
        ranges.add(mark.reader(), above + 1, upTo);
      } else {
        for (Span span : spans(members.get(id))) {
          ranges.add(mark.reader(), Math.max(above + 1, span.join()), Math.min(upTo, span.left()));
        }
      }
    }
    byTopic.forEach(
        (topic, ranges) ->
            ranges.forEach(
                (least, most, readers) ->
                    tables
                        .rawMessages(Stream.TOPIC)
                        .bulkWrite(
                            session, List.of(read(topic, least, most, readers)), UNORDERED)));
  }

  private static List<Span> spans(@Nullable MemberDocument member) {
    return member == null ? List.of() : member.spans();
  }

  private Map<String, Boolean> histories(ClientSession session, List<MarkTopic> marks) {
    Set<String> topics = new HashSet<>();
    marks.forEach(mark -> topics.add(mark.topic()));
    Map<String, Boolean> histories = new HashMap<>();
    tables
        .collection(ViewCollection.TOPICS)
        .withReadConcern(ReadConcern.LOCAL)
        .find(session, Bson.idIn(topics))
        .projection(new BsonDocument(TopicInfo.CLIENTS_ID, new BsonInt32(0)))
        .forEach((TopicState each) -> histories.put(each.topic(), each.history()));
    return histories;
  }

  private <T> List<T> byIds(
      ClientSession session, ViewCollection<T> collection, Collection<String> ids) {
    return tables
        .collection(collection)
        .withReadConcern(ReadConcern.LOCAL)
        .find(session, Bson.idIn(ids))
        .into(new ArrayList<>());
  }

  /** The union, in order, of the readers that are there and those that come. */
  private static UpdateManyModel<BsonDocument> read(
      String topic, long least, long most, Collection<String> readers) {
    List<BsonString> names = new ArrayList<>();
    readers.forEach(reader -> names.add(new BsonString(reader)));
    BsonDocument union =
        new BsonDocument(
            "$setUnion",
            new BsonArray(
                List.of(new BsonString("$" + RecordMessage.IS_READ), new BsonArray(names))));
    BsonDocument sorted =
        new BsonDocument(
            "$sortArray", new BsonDocument("input", union).append("sortBy", new BsonInt32(1)));
    BsonDocument cut =
        new BsonDocument(
            "$slice", new BsonArray(List.of(sorted, new BsonInt32(MessageDocument.MOST_READERS))));
    return new UpdateManyModel<>(
        DeliveredQueries.range(topic, least - 1, most + 1),
        List.of(new BsonDocument("$set", new BsonDocument(RecordMessage.IS_READ, cut))));
  }
}
