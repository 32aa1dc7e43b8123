package im.linnet.records.mongo;

import com.mongodb.ConnectionString;
import com.mongodb.MongoCommandException;
import com.mongodb.ReadPreference;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import im.linnet.records.Circle;
import im.linnet.records.CommandId;
import im.linnet.records.ConversationCursor;
import im.linnet.records.ConversationPage;
import im.linnet.records.Digest;
import im.linnet.records.HistoryCursor;
import im.linnet.records.HistoryMerge;
import im.linnet.records.InboxRecord;
import im.linnet.records.MessagePage;
import im.linnet.records.PairState;
import im.linnet.records.RecordPlan;
import im.linnet.records.RecordStore;
import im.linnet.records.Relations;
import im.linnet.records.StoreUnavailableException;
import im.linnet.records.StoreUnusableException;
import im.linnet.records.StoredContact;
import im.linnet.records.StoredMessage;
import im.linnet.records.StoredProfile;
import im.linnet.records.StoredRequest;
import im.linnet.records.StoredVerdict;
import im.linnet.records.TopicReader;
import im.linnet.records.UnreadCounts;
import im.linnet.records.ViewCollection;
import im.linnet.records.ViewMissingException;
import im.linnet.records.ViewState;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.jspecify.annotations.Nullable;

/**
 * The view in MongoDB: the given collections, ours beside them. Everything is written with write
 * concern majority and journal, and read with read concern majority from the primary, in sessions
 * that see the newest time that {@link #advance} was given.
 *
 * <p>Safe on any thread. Each step of a call takes one connection of a bounded pool, and waits for
 * a primary and for an answer no longer than {@link MongoSettings} says. The queries of one call
 * share that time, but for a page of history, whose two directions each have it, and the digest. A
 * call throws {@link im.linnet.records.StoreUnavailableException} if that was too long.
 */
public final class MongoRecordStore implements RecordStore, MeterBinder {
  /** Holds the pool's meters from the first connection on, for registries that come later. */
  private final CompositeMeterRegistry meters = new CompositeMeterRegistry();

  private final MongoClient client;
  private final MongoDatabase database;
  private final CausalSessions sessions;
  private final MongoTables tables;
  private final ViewDocument view;
  private final PlanWriter writer;
  private final DeliveredQueries delivered;
  private final MessageQueries messages;
  private final UnreadQueries unread;
  private final MongoTopics topics;
  private final RelationQueries relations;
  private final ContactQueries contacts;
  private final ProfileQueries profiles;
  private final ConversationQueries conversations;
  private final PresenceWriter presence;

  /**
   * A store that was not opened yet; its client begins to look for the servers.
   *
   * @throws IllegalArgumentException if the URI is none
   */
  public MongoRecordStore(MongoSettings settings) {
    this(settings, ReaderProjection.Bounds.DEFAULT);
  }

  /**
   * @param bounds how much of {@code IsRead} is written at once
   */
  MongoRecordStore(MongoSettings settings, ReaderProjection.Bounds bounds) {
    ConnectionString uri = new ConnectionString(settings.uri());
    MongoServers.requireHosts(uri);
    String name = uri.getDatabase();
    long maxMillis = settings.socket().toMillis();
    client = MongoClients.create(MongoServers.clientSettings(uri, settings, meters));
    database = client.getDatabase(name == null ? MongoSettings.DEFAULT_DATABASE : name);
    sessions = new CausalSessions(client);
    tables = new MongoTables(database, "");
    view = new ViewDocument(database, ViewDocument.LIVE);
    writer = new PlanWriter(sessions, ChangeWriters.of(tables, bounds), view);
    delivered = new DeliveredQueries(tables, maxMillis);
    messages = new MessageQueries(tables, maxMillis);
    unread = new UnreadQueries(tables, maxMillis, System::nanoTime);
    topics = new MongoTopics(this::read, tables, maxMillis);
    relations = new RelationQueries(tables, maxMillis);
    contacts = new ContactQueries(tables, maxMillis);
    profiles = new ProfileQueries(tables, maxMillis);
    conversations = new ConversationQueries(tables, topics, maxMillis, System::nanoTime);
    presence = new PresenceWriter(database);
  }

  /** Shows the pool of connections there, {@code mongodb_driver_pool_*}. */
  @Override
  public void bindTo(MeterRegistry registry) {
    meters.add(registry);
  }

  @Override
  public ViewState open(String logId) {
    return MongoFailures.call(
        () -> {
          MongoServers.requireFit(database);
          try (ClientSession session = sessions.start()) {
            view.requireForm(session);
            createMissing(session, logId);
            ViewState found = view.find(session);
            if (found == null) {
              throw new StoreUnusableException("the view's document vanished while it was made");
            }
            if (!found.logId().equals(logId)) {
              throw new StoreUnusableException(
                  "the database '"
                      + database.getName()
                      + "' holds the view of the log "
                      + found.logId()
                      + ", this is the log "
                      + logId
                      + ": name another database in the MongoDB URI, or drop that one");
            }
            writer.open(found.id());
            return found;
          }
        });
  }

  /** An edge's user may only read: then the view has to be there, or a persister makes it. */
  private void createMissing(ClientSession session, String logId) {
    try {
      tables.create();
      presence.create();
      if (view.find(session) == null) {
        view.create(session, UUID.randomUUID().toString(), logId);
      }
    } catch (MongoCommandException e) {
      if (!MongoFailures.isDenied(e)) {
        throw e;
      }
      if (!tables.areThere() || view.find(session) == null) {
        throw new StoreUnavailableException(
            "the database '"
                + database.getName()
                + "' holds no view yet, and the user of the MongoDB URI may not make one: start a"
                + " persister, or grant the role readWrite",
            e);
      }
    }
  }

  @Override
  public void check() {
    MongoFailures.call(
        () ->
            database.runCommand(
                new BsonDocument("ping", new BsonInt32(1)), ReadPreference.primary()));
  }

  @Override
  public @Nullable String apply(RecordPlan plan) {
    return writer.apply(plan);
  }

  @Override
  public boolean carryOn() {
    return writer.carryOn();
  }

  @Override
  public ViewState state() {
    return read(
        session -> {
          ViewState found = view.find(session);
          if (found == null) {
            throw new ViewMissingException(
                "the view's own document is gone from MongoDB: restart to build the view anew");
          }
          return found;
        });
  }

  @Override
  public void requireView(String viewId, Map<StreamPartition, Long> reached) {
    ViewState found = read(view::find);
    if (found == null) {
      throw new StoreUnavailableException("the view's own document is gone from MongoDB");
    }
    found.requireView(viewId, reached);
  }

  @Override
  public void advance(@Nullable String storeTime) {
    sessions.advance(storeTime);
  }

  @Override
  public List<InboxRecord> delivered(Stream stream, String key, long above, long below, int limit) {
    return read(session -> delivered.page(session, stream, key, above, below, limit));
  }

  @Override
  public long deliveredFloor(Stream stream, String key, long above, long below, int limit) {
    return read(session -> delivered.floor(session, stream, key, above, below, limit));
  }

  @Override
  public List<StoredMessage> unreadMessages(
      Stream stream, String user, long above, long below, int limit) {
    return read(session -> unread.page(session, stream, user, above, below, limit));
  }

  @Override
  public long unreadFloor(Stream stream, String user, long above, long below, int limit) {
    return read(session -> unread.floor(session, stream, user, above, below, limit));
  }

  @Override
  public UnreadCounts unread(String user) {
    UnreadCounts own = read(session -> unread.counts(session, user));
    return own.withTopics(topics.unreadCounts(topics.memberships(user)));
  }

  @Override
  public TopicReader topics() {
    return topics;
  }

  @Override
  public MessagePage history(
      Stream stream,
      String user,
      String peer,
      @Nullable HistoryCursor before,
      int limit,
      int bytes) {
    HistoryCursor cursor = before == null ? HistoryMerge.NEWEST : before;
    return read(session -> messages.history(session, stream, user, peer, cursor, limit, bytes));
  }

  @Override
  public @Nullable StoredMessage received(Stream stream, String to, String uuid) {
    return this.<@Nullable StoredMessage>read(
        session -> messages.received(session, stream, to, uuid));
  }

  @Override
  public @Nullable StoredMessage find(Stream stream, String to, String uuid, String from) {
    return this.<@Nullable StoredMessage>read(
        session -> messages.find(session, stream, to, uuid, from));
  }

  @Override
  public Relations relations(String user) {
    return read(session -> relations.relations(session, user));
  }

  @Override
  public List<StoredRequest> requests(String user, int limit) {
    return read(session -> relations.requests(session, user, limit));
  }

  @Override
  public Map<String, PairState> pairs(Collection<PairState> pairs) {
    return read(session -> relations.pairs(session, pairs));
  }

  @Override
  public Map<String, Integer> sizes(Circle circle, Collection<String> users) {
    return read(session -> relations.sizes(session, circle, users));
  }

  @Override
  public Map<CommandId, StoredVerdict> verdicts(Collection<CommandId> commands) {
    return read(session -> relations.verdicts(session, commands));
  }

  @Override
  public List<StoredProfile> profiles(Collection<String> users) {
    return read(session -> profiles.of(session, users));
  }

  @Override
  public List<StoredContact> contacts(String owner, String after, int limit) {
    return read(session -> contacts.page(session, owner, after, limit));
  }

  @Override
  public @Nullable StoredContact contact(String owner, String user) {
    return this.<@Nullable StoredContact>read(session -> contacts.find(session, owner, user));
  }

  @Override
  public ConversationPage conversations(
      String user, @Nullable ConversationCursor before, int limit, int bytes) {
    return read(session -> conversations.page(session, user, before, limit, bytes));
  }

  @Override
  public void savePresence(Collection<PresenceEntry> entries) {
    MongoFailures.call(
        () -> {
          presence.save(entries);
          return true;
        });
  }

  @Override
  public void saveEdges(String trackerAddress, List<String> edgeAddresses) {
    MongoFailures.call(
        () -> {
          presence.saveEdges(trackerAddress, edgeAddresses);
          return true;
        });
  }

  @Override
  public Digest digest() {
    return read(
        session -> {
          view.requireForm(session);
          return ViewCollection.digest(tables.documents(session));
        });
  }

  /** Begins to build the view's collections anew, or goes on with a rebuild that was begun. */
  public MongoRebuild rebuild() {
    return new MongoRebuild(sessions, database).open(state());
  }

  @Override
  public void close() {
    client.close();
    meters.close();
  }

  private <T extends @Nullable Object> T read(Function<ClientSession, T> query) {
    return MongoFailures.call(
        () -> {
          try (ClientSession session = sessions.start()) {
            return query.apply(session);
          }
        });
  }
}
