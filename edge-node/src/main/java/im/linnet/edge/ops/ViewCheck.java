package im.linnet.edge.ops;

import im.linnet.records.RecordReader;
import im.linnet.records.StoreUnavailableException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The two questions about the store. Whether it answers: that may pass, and concerns all edges
 * alike. Whether it still holds the view that this edge began with: where it does not, only a new
 * start helps, so this edge should get no clients. Safe on any thread.
 */
public final class ViewCheck {
  private final RecordReader store;
  private final String view;
  private volatile @Nullable String replaced;

  /**
   * @param view the id of the view that this edge began with
   */
  public ViewCheck(RecordReader store, String view) {
    this.store = store;
    this.view = view;
  }

  /** Asks the store; blocks. Nothing while it answers with the view of this edge. */
  public Optional<String> answers() {
    String now;
    try {
      now = store.state().id();
    } catch (StoreUnavailableException e) {
      return Optional.of(inShort(String.valueOf(e.getMessage())));
    }
    replaced =
        now.equals(view)
            ? null
            : "the store holds the view " + now + " instead of " + view + ": restart this edge";
    return isSame();
  }

  /** Without what only a programmer of the driver understands. */
  private static String inShort(String message) {
    return message
        .replaceAll("a server that matches \\S+\\}", "a primary")
        .replaceAll("\\.? Client view of cluster state is .*", "");
  }

  /** Nothing unless the newest answer of the store was about another view. Never blocks. */
  public Optional<String> isSame() {
    return Optional.ofNullable(replaced);
  }
}
