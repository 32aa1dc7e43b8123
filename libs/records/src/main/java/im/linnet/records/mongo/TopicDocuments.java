package im.linnet.records.mongo;

import im.linnet.records.MarkDocument;
import im.linnet.records.MemberDocument;
import im.linnet.records.Span;
import im.linnet.records.TopicState;
import im.linnet.records.TopicSummary;
import im.linnet.schemas.JoinPolicy;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.document.LogPlace;
import im.linnet.schemas.document.ReadMark;
import im.linnet.schemas.document.TopicInfo;
import im.linnet.schemas.document.TopicMember;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;

/** The documents of topics, members and their marks, and the {@code _id} of each. */
final class TopicDocuments {
  static final TreeCodec<TopicState> TOPICS =
      new TreeCodec<>(TopicState.class, TopicDocuments::tree, TopicDocuments::topic);

  static final TreeCodec<MemberDocument> MEMBERS =
      new TreeCodec<>(MemberDocument.class, TopicDocuments::tree, TopicDocuments::member);

  static final TreeCodec<MarkDocument> MARKS =
      new TreeCodec<>(MarkDocument.class, TopicDocuments::tree, TopicDocuments::mark);

  /** The condition of a membership that lasts. */
  static final BsonDocument OPEN_SPAN =
      new BsonDocument(
          "$elemMatch",
          new BsonDocument(TopicMember.LEFT, new BsonDocument("$exists", BsonBoolean.FALSE)));

  /** All of a topic but its members, who may be very many. */
  static final BsonDocument WITHOUT_MEMBERS =
      new BsonDocument(TopicInfo.CLIENTS_ID, new BsonInt32(0));

  private TopicDocuments() {}

  /**
   * The {@code _id} of a user's document in a topic. The documents of a topic lie in the order of
   * the names.
   */
  static String id(String topic, String user) {
    return topic + "/" + user;
  }

  /**
   * The ids of the documents of a topic's users.
   *
   * @param after only users after this one; the empty name stands before all
   */
  static BsonDocument range(String topic, String after) {
    // The character after the slash ends the range.
    return new BsonDocument(
        "_id",
        new BsonDocument("$gt", new BsonString(id(topic, after)))
            .append("$lt", new BsonString(topic + "0")));
  }

  private static BsonDocument tree(TopicState topic) {
    return Bson.id(topic.topic())
        .append(TopicInfo.TOPIC_ID, new BsonString(topic.topic()))
        .append(TopicInfo.FOUNDER_ID, new BsonString(topic.founder()))
        .append(TopicInfo.CLIENTS_ID, strings(topic.members()))
        .append(TopicInfo.TOPIC_NAME, new BsonString(topic.name()))
        .append(TopicInfo.JOIN_POLICY, new BsonString(topic.join().wire()))
        .append(TopicInfo.HISTORY, BsonBoolean.valueOf(topic.history()))
        .append(TopicInfo.DISBANDED, BsonBoolean.valueOf(topic.disbanded()))
        .append(TopicInfo.TIME, new BsonInt64(topic.time()))
        .append(
            TopicInfo.LOG,
            new BsonDocument(LogPlace.PARTITION, new BsonInt32(topic.last().place().partition()))
                .append(LogPlace.OFFSET, new BsonInt64(topic.last().offset()))
                .append(LogPlace.TIMESTAMP, new BsonInt64(topic.lastTime())));
  }

  /** A projection may have left the members out. */
  private static TopicState topic(BsonDocument tree) {
    BsonDocument log = tree.getDocument(TopicInfo.LOG);
    SortedSet<String> members = new TreeSet<>();
    for (BsonValue member : tree.getArray(TopicInfo.CLIENTS_ID, new BsonArray())) {
      members.add(member.asString().getValue());
    }
    return new TopicState(
        tree.getString(TopicInfo.TOPIC_ID).getValue(),
        tree.getString(TopicInfo.FOUNDER_ID).getValue(),
        tree.getString(TopicInfo.TOPIC_NAME).getValue(),
        join(tree),
        tree.getBoolean(TopicInfo.HISTORY).getValue(),
        tree.getBoolean(TopicInfo.DISBANDED).getValue(),
        members,
        tree.getInt64(TopicInfo.TIME).getValue(),
        new Position(
            Stream.TOPIC,
            log.getInt32(LogPlace.PARTITION).getValue(),
            log.getInt64(LogPlace.OFFSET).getValue()),
        log.getInt64(LogPlace.TIMESTAMP).getValue());
  }

  /**
   * The data for members.
   *
   * @param members the number of members
   */
  static TopicSummary summary(BsonDocument tree, int members) {
    return new TopicSummary(
        tree.getString(TopicInfo.TOPIC_ID).getValue(),
        tree.getString(TopicInfo.TOPIC_NAME).getValue(),
        tree.getString(TopicInfo.FOUNDER_ID).getValue(),
        join(tree),
        tree.getBoolean(TopicInfo.HISTORY).getValue(),
        members,
        tree.getInt64(TopicInfo.TIME).getValue());
  }

  private static JoinPolicy join(BsonDocument tree) {
    String wire = tree.getString(TopicInfo.JOIN_POLICY).getValue();
    return Objects.requireNonNull(JoinPolicy.ofWire(wire), wire);
  }

  private static BsonDocument tree(MemberDocument member) {
    BsonArray spans = new BsonArray();
    for (Span span : member.spans()) {
      BsonDocument each = new BsonDocument(TopicMember.JOIN, new BsonInt64(span.join()));
      if (!span.isOpen()) {
        each.append(TopicMember.LEFT, new BsonInt64(span.left()));
      }
      spans.add(each);
    }
    return Bson.id(id(member.topic(), member.user()))
        .append(TopicMember.TOPIC_ID, new BsonString(member.topic()))
        .append(TopicMember.CLIENT_ID, new BsonString(member.user()))
        .append(TopicMember.JOIN_TIME, new BsonInt64(member.joinTime()))
        .append(TopicMember.SPANS, spans)
        .append(TopicMember.LAST_CHANGE, new BsonInt64(member.lastChange()));
  }

  private static MemberDocument member(BsonDocument tree) {
    List<Span> spans = new ArrayList<>();
    for (BsonValue each : tree.getArray(TopicMember.SPANS)) {
      BsonDocument span = each.asDocument();
      spans.add(
          new Span(
              span.getInt64(TopicMember.JOIN).getValue(),
              span.getInt64(TopicMember.LEFT, new BsonInt64(Span.OPEN)).getValue()));
    }
    return new MemberDocument(
        tree.getString(TopicMember.TOPIC_ID).getValue(),
        tree.getString(TopicMember.CLIENT_ID).getValue(),
        tree.getInt64(TopicMember.JOIN_TIME).getValue(),
        spans,
        tree.getInt64(TopicMember.LAST_CHANGE).getValue());
  }

  private static BsonDocument tree(MarkDocument mark) {
    return Bson.id(id(mark.topic(), mark.reader()))
        .append(ReadMark.READER, new BsonString(mark.reader()))
        .append(ReadMark.TOPIC_ID, new BsonString(mark.topic()))
        .append(ReadMark.UP_TO, new BsonInt64(mark.upTo()));
  }

  private static MarkDocument mark(BsonDocument tree) {
    return new MarkDocument(
        tree.getString(ReadMark.READER).getValue(),
        tree.getString(ReadMark.TOPIC_ID).getValue(),
        tree.getInt64(ReadMark.UP_TO).getValue());
  }

  private static BsonArray strings(Collection<String> texts) {
    List<BsonString> strings = new ArrayList<>(texts.size());
    texts.forEach(text -> strings.add(new BsonString(text)));
    return new BsonArray(strings);
  }
}
