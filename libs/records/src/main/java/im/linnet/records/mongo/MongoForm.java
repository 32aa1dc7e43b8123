package im.linnet.records.mongo;

import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import im.linnet.records.ClientDocument;
import im.linnet.records.MessageDocument;
import im.linnet.records.StoredRequest;
import im.linnet.records.StoredVerdict;
import im.linnet.records.ViewCollection;
import im.linnet.schemas.Stream;
import im.linnet.schemas.document.ChatList;
import im.linnet.schemas.document.ClientInfo;
import im.linnet.schemas.document.ContactInfo;
import im.linnet.schemas.document.LogPlace;
import im.linnet.schemas.document.ReadMark;
import im.linnet.schemas.document.RecordMessage;
import im.linnet.schemas.document.TopicInfo;
import im.linnet.schemas.document.TopicMember;
import im.linnet.schemas.document.Verdict;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.codecs.Codec;

/**
 * How a collection of the view lies in MongoDB.
 *
 * @param collection which one
 * @param codec writes and reads its documents
 * @param indexes those that its queries need
 */
record MongoForm<T>(ViewCollection<T> collection, Codec<T> codec, List<IndexModel> indexes) {
  /**
   * The index by identity. Not unique: an id that a client uses again is another message's. The id
   * leads, since those that edges and good clients make begin with their time: all insertions meet
   * at the index's end. An index led by the recipient takes each at another page.
   */
  static final String IDENTITY = "identity";

  /** The index by conversation. */
  static final String HISTORY = "history";

  /**
   * The index of unread messages. Its last key is the constant that its filter asks for: a server
   * that finds {@code IsRead} in the keys need not fetch documents to count them.
   */
  static final String UNREAD = "unread";

  /** The index of the newest messages of topics. */
  static final String NEWEST = "newest";

  /** The index of the marks that {@code IsRead} does not show as a whole. */
  static final String UNSHOWN = "unshown";

  /** The index of a user's contacts. */
  static final String CONTACT = "contact";

  /** The index of a user's conversations. */
  static final String BY_HOUR = "hour";

  /** All of a topic's message but its readers, who may be very many. */
  static final BsonDocument WITHOUT_READERS =
      new BsonDocument(RecordMessage.IS_READ, new BsonInt32(0));

  static final String LOG_OFFSET = RecordMessage.LOG + "." + LogPlace.OFFSET;

  private static final BsonInt32 UP = new BsonInt32(1);

  /** One for each collection of the view. */
  static final List<MongoForm<?>> ALL =
      List.of(
          messages(Stream.P2P),
          messages(Stream.MUTUAL),
          new MongoForm<>(
              ViewCollection.messages(Stream.TOPIC),
              new MessageCodec(Stream.TOPIC),
              List.of(
                  identity(),
                  new IndexModel(
                      new BsonDocument(RecordMessage.TO_ID, UP).append(LOG_OFFSET, UP),
                      new IndexOptions().name(NEWEST)))),
          new MongoForm<>(ViewCollection.INBOX, new InboxCodec(), List.of()),
          new MongoForm<>(
              ViewCollection.TOPICS,
              TopicDocuments.TOPICS,
              List.of(by(TopicInfo.TOPIC_ID), by(TopicInfo.CLIENTS_ID))),
          new MongoForm<>(
              ViewCollection.MEMBERS, TopicDocuments.MEMBERS, List.of(by(TopicMember.CLIENT_ID))),
          new MongoForm<>(
              ViewCollection.MARKS,
              TopicDocuments.MARKS,
              List.of(
                  new IndexModel(
                      new BsonDocument(ReadMark.TOPIC_ID, UP).append(ReadMark.SHOWN, UP),
                      new IndexOptions()
                          .name(UNSHOWN)
                          .partialFilterExpression(UnshownMarks.FILTER)))),
          new MongoForm<>(
              ViewCollection.CLIENTS,
              new TreeCodec<>(ClientDocument.class, ClientForm::tree, ClientForm::ofTree),
              List.of(
                  new IndexModel(
                      new BsonDocument(ClientInfo.CLIENT_ID, UP),
                      new IndexOptions().unique(true)))),
          new MongoForm<>(
              ViewCollection.REQUESTS,
              new TreeCodec<>(StoredRequest.class, RequestForm::tree, RequestForm::ofTree),
              List.of(
                  new IndexModel(RelationQueries.pairIndex(), new IndexOptions().name("pair")))),
          new MongoForm<>(
              ViewCollection.VERDICTS,
              new TreeCodec<>(StoredVerdict.class, VerdictForm::tree, VerdictForm::ofTree),
              List.of(
                  new IndexModel(
                      new BsonDocument(Verdict.TIME, UP),
                      new IndexOptions()
                          .name("kept")
                          .expireAfter(StoredVerdict.KEPT_MILLIS, TimeUnit.MILLISECONDS)))),
          new MongoForm<>(
              ViewCollection.CONTACTS,
              new ContactCodec(),
              List.of(
                  new IndexModel(
                      new BsonDocument(ContactInfo.CLIENT_ID, UP).append(ContactInfo.USER_ID, UP),
                      new IndexOptions().name(CONTACT)))),
          new MongoForm<>(
              ViewCollection.CONVERSATIONS,
              new ConversationCodec(),
              List.of(
                  new IndexModel(
                      new BsonDocument(ChatList.OWNER, UP).append(ChatList.HOUR, UP),
                      new IndexOptions().name(BY_HOUR)))));

  private static MongoForm<MessageDocument> messages(Stream stream) {
    IndexModel history = new IndexModel(conversation(), new IndexOptions().name(HISTORY));
    IndexModel unread =
        new IndexModel(
            conversation().append(RecordMessage.IS_READ, UP),
            new IndexOptions()
                .name(UNREAD)
                .partialFilterExpression(
                    new BsonDocument(RecordMessage.IS_READ, BsonBoolean.FALSE)));
    return new MongoForm<>(
        ViewCollection.messages(stream),
        new MessageCodec(stream),
        List.of(identity(), history, unread));
  }

  private static IndexModel identity() {
    return new IndexModel(
        new BsonDocument(RecordMessage.UUID, UP)
            .append(RecordMessage.TO_ID, UP)
            .append(RecordMessage.FROM_ID, UP),
        new IndexOptions().name(IDENTITY));
  }

  private static IndexModel by(String field) {
    return new IndexModel(new BsonDocument(field, UP), new IndexOptions().name(field));
  }

  private static BsonDocument conversation() {
    return new BsonDocument(RecordMessage.TO_ID, UP)
        .append(RecordMessage.FROM_ID, UP)
        .append(LOG_OFFSET, UP);
  }
}
