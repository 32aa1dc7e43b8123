package im.linnet.records;

/**
 * A user came into a circle of another one, or left it.
 *
 * @param user whose circle
 * @param circle which of them
 * @param peer who came or left
 * @param in whether the peer is in it from now on
 * @param offset where the fact stands, in the user's own partition
 */
public record ChangeRelation(String user, Circle circle, String peer, boolean in, long offset)
    implements Change {
  @Override
  public void apply(MemoryView view) {
    view.relate(this);
  }

  @Override
  public int documents() {
    return 0;
  }
}
