package im.linnet.client;

import im.linnet.schemas.JsonBytes;
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;

/**
 * A chat client: one user's session, kept alive, with all {@link ChatOps ops} of the protocol. It
 * reconnects with full jitter, unless the server forbids a reconnect. It resumes from the last seen
 * positions, repeats requests without a reply, shows each message once, and answers the server's
 * pings.
 *
 * <p>{@code new} opens nothing; {@link #start()} begins and returns at once; {@link #close()} ends.
 * All methods may be called from any thread, also without a connection. Requests wait for a
 * connection, up to {@link ClientConfig#requestTimeout}, and are sent in the order of the calls.
 *
 * <p>The client repeats a message or a command with the same key until it knows the outcome: on the
 * next connection, and after a 5003 when the pause is over that the server asks for. What goes to
 * the same user or topic meanwhile waits, and keeps its order. Any other request is repeated on the
 * next connection alone, and a {@code typing} never.
 *
 * <p>A future fails with {@link RefusedException} if the server answered another code than 0. It
 * fails with {@link java.util.concurrent.TimeoutException} if no reply came. The outcome is unknown
 * then, as it is after a 5003: a program that needs to know repeats the message or command with the
 * same {@link IdempotencyKey}, as a retry. It fails with {@link RejectedExecutionException} if too
 * many requests are under way, and with {@link ClientClosedException} after the end. It fails with
 * {@link java.io.IOException} if the connection was lost and the request must not be repeated. A
 * request with a longer frame than the server takes is refused here with 4013: sending it would
 * cost the session. Futures complete on the client's own thread, so their dependents must not
 * block.
 *
 * <p>A token that expires ends the connection, not the client. The client reconnects with the next
 * token of the {@link TokenSupplier}. The client's threads do not keep the JVM alive.
 */
public final class ChatClient extends ChatOps implements AutoCloseable {
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
    return submit(repeatable ? Request.question(op, fields) : Request.signal(op, fields));
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

  @Override
  protected CompletableFuture<ServerResponse> submit(Request request) {
    if (!free.tryAcquire()) {
      return CompletableFuture.failedFuture(
          new RejectedExecutionException(
              config.maxPending() + " requests are under way; wait for their replies"));
    }
    PendingRequest pending = new PendingRequest(request);
    CompletableFuture<ServerResponse> reply =
        pending.reply().whenComplete((response, failure) -> free.release());
    loop.submit(pending);
    return reply;
  }
}
