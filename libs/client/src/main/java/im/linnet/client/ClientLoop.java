package im.linnet.client;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that owns a {@link SessionCore}, and the one thread that calls the listener. Other
 * threads post to the loop. Permits bound both queues. A caller takes a permit for each request, a
 * connection for each frame. A connection without a permit reads no frame until the listener is
 * done with an earlier one.
 */
final class ClientLoop implements SessionCore.Effects, Connection.Events {
  private static final Logger LOG = LoggerFactory.getLogger(ClientLoop.class);

  /** An input that other threads post to the loop. */
  private sealed interface Input {
    record Submitted(PendingRequest request) implements Input {}

    record Opened(int connection, String token) implements Input {}

    record Arrived(int connection, ServerFrame frame) implements Input {}

    record Failed(int connection, String reason) implements Input {}

    record Hastened() implements Input {}

    record Closing() implements Input {}
  }

  /** Events that belong together; the frame's permit is given back after the last of them. */
  private record Delivery(List<ClientEvent> events, boolean permit) {}

  private final ClientConfig config;
  private final TokenSupplier tokens;
  private final ChatListener listener;
  private final SessionCore core;
  private final Semaphore room;
  private final BlockingQueue<Input> inputs = new LinkedBlockingQueue<>();
  private final BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
  private final Queue<ClientEvent> emitted = new ArrayDeque<>();
  private final CountDownLatch ended = new CountDownLatch(2);
  private @Nullable Connection connection;
  private volatile boolean over;

  ClientLoop(
      ClientConfig config, TokenSupplier tokens, ChatListener listener, RandomGenerator random) {
    this.config = config;
    this.tokens = tokens;
    this.listener = listener;
    this.core = new SessionCore(config, random, this);
    this.room = new Semaphore(config.maxPending());
  }

  void start() {
    Thread.ofVirtual().name("linnet-client-loop").start(this::run);
    Thread.ofVirtual().name("linnet-client-listener").start(this::listen);
  }

  void submit(PendingRequest request) {
    inputs.add(new Input.Submitted(request));
    if (over) {
      refuseLeftovers();
    }
  }

  /** The end of a loop that was never started. */
  void abandon() {
    over = true;
    refuseLeftovers();
  }

  /** Begins the next attempt now. */
  void hasten() {
    inputs.add(new Input.Hastened());
  }

  /** Asks for the end; {@link #awaitEnd} waits for it. */
  void stop() {
    inputs.add(new Input.Closing());
  }

  boolean awaitEnd(long millis) throws InterruptedException {
    return ended.await(millis, TimeUnit.MILLISECONDS);
  }

  @Override
  public void opened(int number, String token) {
    inputs.add(new Input.Opened(number, token));
  }

  @Override
  public void frame(int number, ServerFrame frame) {
    inputs.add(new Input.Arrived(number, frame));
  }

  @Override
  public void failed(int number, String reason) {
    inputs.add(new Input.Failed(number, reason));
  }

  @Override
  public void connect(int number, ServerAddress address) {
    Connection next = new Connection(number, address, config, tokens, this, room);
    connection = next;
    next.open();
  }

  @Override
  public void write(byte[] frame) {
    if (connection != null) {
      connection.write(frame);
    }
  }

  @Override
  public void disconnect() {
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }

  @Override
  public void emit(ClientEvent event) {
    emitted.add(event);
  }

  private void run() {
    try {
      core.start(now());
      deliver(false);
      while (core.phase() != SessionCore.Phase.STOPPED) {
        long pause = core.deadline() - now();
        Input input = inputs.poll(Math.max(0, pause), TimeUnit.MILLISECONDS);
        if (input != null) {
          handle(input, now());
        }
        core.tick(now());
        deliver(false);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      core.close();
      deliver(false);
      over = true;
      refuseLeftovers();
      ended.countDown();
    }
  }

  private void handle(Input input, long now) {
    switch (input) {
      case Input.Submitted submitted -> core.submit(submitted.request(), now);
      case Input.Opened opened -> core.opened(opened.connection(), opened.token(), now);
      case Input.Failed failed -> core.failed(failed.connection(), failed.reason(), now);
      case Input.Arrived arrived -> {
        core.frame(arrived.connection(), arrived.frame(), now);
        deliver(true);
      }
      case Input.Hastened hastened -> core.hasten(now);
      case Input.Closing closing -> core.close();
    }
  }

  private void deliver(boolean permit) {
    if (!emitted.isEmpty()) {
      deliveries.add(new Delivery(new ArrayList<>(emitted), permit));
      emitted.clear();
    } else if (permit) {
      room.release();
    }
  }

  private void listen() {
    try {
      boolean stopped = false;
      while (!stopped) {
        Delivery delivery = deliveries.take();
        for (ClientEvent event : delivery.events()) {
          tell(event);
          stopped |= event instanceof ClientEvent.Stopped;
        }
        if (delivery.permit()) {
          room.release();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      ended.countDown();
    }
  }

  private void tell(ClientEvent event) {
    try {
      listener.on(event);
    } catch (RuntimeException | Error e) {
      // Catches everything: without this thread the client would stand still unnoticed.
      LOG.error("the listener failed on {}", event, e);
    }
  }

  private void refuseLeftovers() {
    for (Input input = inputs.poll(); input != null; input = inputs.poll()) {
      if (input instanceof Input.Submitted submitted) {
        submitted
            .request()
            .reply()
            .completeExceptionally(new ClientClosedException("the client is closed"));
      }
    }
  }

  private static long now() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }
}
