package im.linnet.records.mongo;

import com.mongodb.ReadConcern;
import com.mongodb.client.ClientSession;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.WriteModel;
import im.linnet.records.Change;
import im.linnet.records.MarkTopic;
import im.linnet.records.MessageDocument;
import im.linnet.records.RecordPlan;
import im.linnet.schemas.Stream;
import im.linnet.schemas.document.ReadMark;
import im.linnet.schemas.document.RecordMessage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/**
 * Moves members' marks in topics up, and shows each in {@code IsRead} of the messages that it has
 * passed. First {@code IsRead}, then the mark: a crash between the two is followed by both.
 *
 * <p>A plan shows as much as {@link ReaderProjection} writes in one call. A mark that is not shown
 * whole has {@code Shown}, the offset up to which it is, and {@link #carryOn} goes on from there.
 * What {@code Shown} says of a mark holds for ever, so it is only raised; it goes when it has
 * reached the mark.
 */
final class TopicMarkWriter implements ChangeWriter {
  /** Marks that are carried on together. */
  private static final int CARRIED = 2_000;

  private static final UpdateOptions UPSERT = new UpdateOptions().upsert(true);

  private final MongoTables tables;
  private final ReaderProjection projection;

  TopicMarkWriter(MongoTables tables, ReaderProjection projection) {
    this.tables = tables;
    this.projection = projection;
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
    Map<String, UnshownMark> before =
        byIds(session, marks.stream().map(TopicMarkWriter::id).toList());
    List<UnshownMark> higher = new ArrayList<>();
    List<UnshownMark> showable = new ArrayList<>();
    for (MarkTopic mark : marks) {
      UnshownMark known = before.get(id(mark));
      long upTo = reached(session, mark);
      if (upTo > (known == null ? -1 : known.upTo())) {
        UnshownMark now =
            new UnshownMark(mark.topic(), mark.reader(), known == null ? -1 : known.shown(), upTo);
        higher.add(now);
        // A mark with a backlog would take the room of those that can be shown whole.
        if (known == null || known.shown() == known.upTo()) {
          showable.add(now);
        }
      }
    }
    Map<String, Long> shown = projection.show(session, showable);
    List<UpdateOneModel<BsonDocument>> moved = new ArrayList<>();
    for (UnshownMark mark : higher) {
      long isShown = shown.getOrDefault(mark.id(), mark.shown());
      moved.add(moved(mark, isShown == mark.upTo() ? null : isShown));
    }
    UpsertBulk.write(
        moved, updates -> tables.rawMarks().bulkWrite(session, updates, UpsertBulk.UNORDERED));
  }

  @Override
  public boolean carryOn(ClientSession session) {
    List<UnshownMark> some = UnshownMarks.first(session, tables, CARRIED);
    Map<String, Long> shown = projection.show(session, some);
    List<WriteModel<BsonDocument>> updates = new ArrayList<>();
    for (UnshownMark mark : some) {
      long isShown = shown.getOrDefault(mark.id(), mark.shown());
      updates.add(isShown == mark.upTo() ? shown(mark) : raised(mark, isShown));
    }
    if (!updates.isEmpty()) {
      tables.rawMarks().bulkWrite(session, updates, UpsertBulk.UNORDERED);
    }
    return !some.isEmpty();
  }

  private static String id(MarkTopic mark) {
    return TopicDocuments.id(mark.topic(), mark.reader());
  }

  /**
   * @param shown the offset up to which {@code IsRead} shows it; null where that goes without
   *     saying
   */
  private static UpdateOneModel<BsonDocument> moved(UnshownMark mark, @Nullable Long shown) {
    BsonDocument raised = new BsonDocument(ReadMark.UP_TO, new BsonInt64(mark.upTo()));
    if (shown != null) {
      raised.append(ReadMark.SHOWN, new BsonInt64(shown));
    }
    return new UpdateOneModel<>(
        Bson.id(mark.id()),
        new BsonDocument(
                "$setOnInsert",
                new BsonDocument(ReadMark.READER, new BsonString(mark.reader()))
                    .append(ReadMark.TOPIC_ID, new BsonString(mark.topic())))
            .append("$max", raised),
        UPSERT);
  }

  private static UpdateOneModel<BsonDocument> raised(UnshownMark mark, long shown) {
    return new UpdateOneModel<>(
        Bson.id(mark.id()),
        new BsonDocument("$max", new BsonDocument(ReadMark.SHOWN, new BsonInt64(shown))));
  }

  /** Unless the mark has moved in this moment. */
  private static UpdateOneModel<BsonDocument> shown(UnshownMark mark) {
    return new UpdateOneModel<>(
        Bson.id(mark.id()).append(ReadMark.UP_TO, new BsonInt64(mark.upTo())),
        new BsonDocument("$unset", new BsonDocument(ReadMark.SHOWN, BsonBoolean.TRUE)));
  }

  /** The offset that a mark reaches; the newest of the messages that it names is looked up. */
  private long reached(ClientSession session, MarkTopic mark) {
    if (mark.uuids().isEmpty()) {
      return mark.upTo();
    }
    BsonDocument named =
        Bson.to(mark.topic()).append(RecordMessage.UUID, Bson.in(mark.uuids().keySet()));
    long upTo = mark.upTo();
    for (MessageDocument found :
        tables
            .messages(Stream.TOPIC)
            .withReadConcern(ReadConcern.LOCAL)
            .find(session, named)
            .projection(MongoForm.WITHOUT_READERS)
            .hintString(MongoForm.IDENTITY)) {
      long offset = found.stored().at().offset();
      String uuid = found.stored().message().uuid();
      if (offset < mark.uuids().getOrDefault(uuid, -1L)) {
        upTo = Math.max(upTo, offset);
      }
    }
    return upTo;
  }

  private Map<String, UnshownMark> byIds(ClientSession session, Collection<String> ids) {
    Map<String, UnshownMark> found = new HashMap<>();
    tables
        .rawMarks()
        .withReadConcern(ReadConcern.LOCAL)
        .find(session, Bson.idIn(ids))
        .map(UnshownMark::of)
        .forEach((UnshownMark each) -> found.put(each.id(), each));
    return found;
  }
}
