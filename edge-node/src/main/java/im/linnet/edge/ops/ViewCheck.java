package im.linnet.edge.ops;

import im.linnet.records.RecordReader;
import im.linnet.records.StoreUnavailableException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The two checks of the store. The first asks whether the store answers: a failure may pass, and
 * concerns all edges alike. The second asks whether the store still holds the view with which this
 * edge began. If not, only a new start helps, so this edge should get no clients. Safe on any
 * thread.
 */
public final class ViewCheck {
  private final RecordReader store;
  private final String view;
  private volatile @Nullable String replaced;

  /**
   * @param view the id of the view at the start of this edge
   */
  public ViewCheck(RecordReader store, String view) {
    this.store = store;
    this.view = view;
  }

  /**
   * Asks the store; blocks. Empty if it answers with the view of this edge; otherwise one line with
   * the problem.
   */
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

  /** The message without the driver's internal details. */
  private static String inShort(String message) {
    return message
        .replaceAll("a server that matches \\S+\\}", "a primary")
        .replaceAll("\\.? Client view of cluster state is .*", "");
  }

  /** Empty unless the newest answer of the store was about another view. Never blocks. */
  public Optional<String> isSame() {
    return Optional.ofNullable(replaced);
  }
}
