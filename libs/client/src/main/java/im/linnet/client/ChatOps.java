package im.linnet.client;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * The ops of the protocol, grouped by subject. Each op returns at once. Its future brings the typed
 * answer, or fails with a {@link RefusedException}, which has the code of the refusal.
 *
 * <p>{@link ChatClient} is the implementation that talks to a server. Another one can stand in its
 * place where a program is tested. Safe on any thread.
 */
public abstract class ChatOps {
  /** Messages: to send and to change them, and their readers. */
  public final Messages messages() {
    return new Messages(this);
  }

  /** Conversations: their list, their history, and the marks of what was read. */
  public final Conversations conversations() {
    return new Conversations(this);
  }

  /** Topics, which people know as groups. */
  public final Topics topics() {
    return new Topics(this);
  }

  /** Friends and the requests to become one. */
  public final Friends friends() {
    return new Friends(this);
  }

  /** The users from whom this user takes no messages. */
  public final Blocks blocks() {
    return new Blocks(this);
  }

  /** The names and pictures that users show. */
  public final Profiles profiles() {
    return new Profiles(this);
  }

  /** The notes of this user about others. */
  public final Contacts contacts() {
    return new Contacts(this);
  }

  /** Who is online. */
  public final Presences presence() {
    return new Presences(this);
  }

  /**
   * Makes a request.
   *
   * @return the reply, of any code
   */
  protected abstract CompletableFuture<ServerResponse> submit(Request request);

  /**
   * Makes a request, and reads its answer.
   *
   * @param read reads a reply with code 0
   */
  final <T> CompletableFuture<T> ask(Request request, Function<ServerResponse, T> read) {
    return submit(request)
        .thenApply(
            response -> {
              if (!response.ok()) {
                throw new RefusedException(response);
              }
              return read.apply(response);
            });
  }

  /** Makes a request whose answer says nothing but that it was served. */
  final CompletableFuture<Void> tell(Request request) {
    return ask(request, response -> response).thenAccept(response -> {});
  }
}
