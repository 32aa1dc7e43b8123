package im.linnet.client;

import im.linnet.client.PendingRequest.Repeat;
import im.linnet.schemas.JsonBytes;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.TimeOrderedUuid;
import im.linnet.schemas.document.PresenceStatus;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A chat client: one user's session, kept alive. It reconnects with full jitter, unless the server
 * forbids a reconnect. It resumes from the last seen positions, repeats requests without a reply,
 * shows each message once, and answers the server's pings.
 *
 * <p>{@code new} opens nothing; {@link #start()} begins and returns at once; {@link #close()} ends.
 * All methods may be called from any thread, also without a connection. Requests wait for a
 * connection, up to {@link ClientConfig#requestTimeout}, and are sent in the order of the calls.
 *
 * <p>A future fails with {@link RefusedException} if the server answered another code than 0. It
 * fails with {@link java.util.concurrent.TimeoutException} if no reply came. The outcome is unknown
 * then: repeat a send with the same uuid {@link Draft#asRetry as a retry}. It fails with {@link
 * RejectedExecutionException} if too many requests are under way, and with {@link
 * ClientClosedException} after the end. It fails with {@link java.io.IOException} if the connection
 * was lost and the request must not be repeated. A request with a longer frame than the server
 * takes is refused here with 4013: sending it would cost the session. Futures complete on the
 * client's own thread, so their dependents must not block.
 *
 * <p>A token that expires ends the connection, not the client. The client reconnects with the next
 * token of the {@link TokenSupplier}. The client's threads do not keep the JVM alive.
 */
public final class ChatClient implements AutoCloseable {
  private static final long CLOSE_MILLIS = 5_000;

  private final ClientConfig config;
  private final ClientLoop loop;
  private final Semaphore free;
  private final AtomicBoolean started = new AtomicBoolean();

  public ChatClient(ClientConfig config, TokenSupplier tokens, ChatListener listener) {
    this(config, tokens, listener, new SecureRandom());
  }

  /**
   * @param random the source of the back-off's jitter; used on the client's own thread only
   */
  public ChatClient(
      ClientConfig config, TokenSupplier tokens, ChatListener listener, RandomGenerator random) {
    this.config = config;
    this.loop = new ClientLoop(config, tokens, listener, random);
    this.free = new Semaphore(config.maxPending());
  }

  /**
   * Begins to connect; events report the progress.
   *
   * @throws IllegalStateException if it was started or closed before
   */
  public void start() {
    if (!started.compareAndSet(false, true)) {
      throw new IllegalStateException("a client is started once, and not after its end");
    }
    loop.start();
  }

  /**
   * Ends the pause before the next attempt to connect; does nothing if there is no pause. It serves
   * a person who asks for the connection. A program must not call it in a loop: the pause protects
   * a server in trouble.
   */
  public void reconnectNow() {
    if (started.get()) {
      loop.hasten();
    }
  }

  /** Sends a message; completes once it is durable in the log. */
  public CompletableFuture<Sent> send(Draft draft) {
    String given = draft.uuid();
    String uuid = given == null ? TimeOrderedUuid.at(System.currentTimeMillis()) : given;
    return ask(Requests.send(draft, uuid), Replies::sent);
  }

  /**
   * Changes a message that this user sent lately. The server says how long that is allowed.
   *
   * @param kind the message's stream
   * @param to its recipient
   * @param uuid its id
   * @return the change's place in the recipient's inbox, once it is durable
   */
  public CompletableFuture<Position> change(
      Stream kind, String to, String uuid, MessageChange change) {
    return ask(new PendingRequest(new ChangeRequest(kind, to, uuid, change)), Replies::change);
  }

  /**
   * Marks all of a peer's messages as read, up to and with a place in this user's own inbox.
   * Messages that were never shown count too.
   */
  public CompletableFuture<ServerResponse> read(Stream kind, String peer, Position upTo) {
    return ask(Requests.read(kind, peer, upTo), response -> response);
  }

  /**
   * Marks these of a peer's messages as read, and no others; in a topic, up to the newest of them.
   *
   * @param uuids 1 to 200
   */
  public CompletableFuture<ServerResponse> read(
      Stream kind, String peer, Collection<String> uuids) {
    return ask(Requests.read(kind, peer, List.copyOf(uuids)), response -> response);
  }

  /**
   * One page of a conversation, newest first.
   *
   * @param before the {@code next} of the page before, null for the newest page
   * @param limit 1 to 200
   */
  public CompletableFuture<HistoryPage> history(
      Stream kind, String peer, @Nullable String before, int limit) {
    return ask(Requests.history(kind, peer, before, limit), Replies::history);
  }

  /** The counts of unread messages. */
  public CompletableFuture<Unread> unread() {
    return ask(Requests.unread(), Replies::unread);
  }

  /** The present status of these users. */
  public CompletableFuture<List<Presence>> presence(Collection<String> users) {
    return ask(
        Requests.presence(List.copyOf(users)), response -> FrameReader.presences(response.data()));
  }

  /**
   * As {@link #presence}, and the listener gets the answer too. From then on it gets each change,
   * also on later connections. A request that is refused, or not answered in time, does not watch
   * its users.
   */
  public CompletableFuture<List<Presence>> watch(Collection<String> users) {
    return ask(
        Requests.watch(List.copyOf(users)), response -> FrameReader.presences(response.data()));
  }

  /**
   * Chooses the status that others see while this user is connected, on all devices and for later
   * sessions. {@code OFFLINE} makes the user invisible.
   */
  public CompletableFuture<ServerResponse> setPresence(PresenceStatus status) {
    return ask(Requests.setPresence(status), response -> response);
  }

  /**
   * Changes what this user shows to everybody.
   *
   * @param nickname the name to show; null if it stays
   * @param avatar the picture to show; null if it stays
   * @return what the user shows then
   */
  public CompletableFuture<UserInfo> setProfile(
      @Nullable String nickname, @Nullable String avatar) {
    return ask(
        Requests.setProfile(nickname, avatar), response -> Replies.profiles(response).getFirst());
  }

  /**
   * What users show. A user without an entry in the answer is to be asked for again: the answer was
   * full.
   */
  public CompletableFuture<List<UserInfo>> profiles(Collection<String> users) {
    return ask(Requests.profiles(List.copyOf(users)), Replies::profiles);
  }

  /**
   * Notes something about another user, for this user alone.
   *
   * @param remark this user's name for the other; null if it stays
   * @param labels this user's labels; null if they stay
   * @return the contact as it is then
   */
  public CompletableFuture<ContactInfo> setContact(
      String user, @Nullable String remark, @Nullable Collection<String> labels) {
    return ask(
        Requests.setContact(user, remark, labels == null ? null : List.copyOf(labels)),
        response -> Replies.contacts(response).contacts().getFirst());
  }

  /**
   * One page of what this user noted about others, by their names.
   *
   * @param after the {@code next} of the page before, null for the first page
   */
  public CompletableFuture<ContactPage> contacts(@Nullable String after) {
    return ask(Requests.contacts(after), Replies::contacts);
  }

  /**
   * Who has read a message.
   *
   * @param to its recipient
   */
  public CompletableFuture<Receipts> receipts(Stream kind, String to, String uuid) {
    return ask(Requests.receipts(kind, to, uuid), Replies::receipts);
  }

  /**
   * One page of this user's conversations, newest first.
   *
   * @param before the {@code next} of the page before, null for the newest page
   * @param limit 1 to 100
   */
  public CompletableFuture<ConversationPage> conversations(@Nullable String before, int limit) {
    return ask(Requests.conversations(before, limit), Replies::conversations);
  }

  /** Tells the peer that this user is typing; lost if there is no connection for a while. */
  public CompletableFuture<ServerResponse> typing(Stream kind, String to) {
    return ask(Requests.typing(kind, to), response -> response);
  }

  /**
   * Any request, for ops that have no method here.
   *
   * @param op the op
   * @param fields its fields, beside {@code id} and {@code op}
   * @param repeatable whether it may be sent again on another connection if its reply is lost
   * @return the reply, of any code
   */
  public CompletableFuture<ServerResponse> request(
      String op, JsonBytes.Fields fields, boolean repeatable) {
    return submit(new PendingRequest(op, repeatable ? Repeat.AS_IT_IS : Repeat.NEVER, fields));
  }

  /**
   * Ends the session; waits until the listener has taken its last event, 5 s at most. The listener
   * must not call it, nor may a dependent of this client's futures.
   */
  @Override
  public void close() {
    if (started.compareAndSet(false, true)) {
      loop.abandon();
      return;
    }
    loop.stop();
    try {
      loop.awaitEnd(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private <T> CompletableFuture<T> ask(PendingRequest request, Function<ServerResponse, T> typed) {
    return submit(request)
        .thenApply(
            response -> {
              if (!response.ok()) {
                throw new RefusedException(response);
              }
              return typed.apply(response);
            });
  }

  private CompletableFuture<ServerResponse> submit(PendingRequest request) {
    if (!free.tryAcquire()) {
      return CompletableFuture.failedFuture(
          new RejectedExecutionException(
              config.maxPending() + " requests are under way; wait for their replies"));
    }
    CompletableFuture<ServerResponse> reply =
        request.reply().whenComplete((response, failure) -> free.release());
    loop.submit(request);
    return reply;
  }
}
