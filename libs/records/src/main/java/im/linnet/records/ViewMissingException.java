package im.linnet.records;

/** The store can be reached, and holds no view. */
public final class ViewMissingException extends StoreUnusableException {
  private static final long serialVersionUID = 1L;

  public ViewMissingException(String message) {
    super(message);
  }
}
