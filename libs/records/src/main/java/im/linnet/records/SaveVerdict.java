package im.linnet.records;

/**
 * A command was judged.
 *
 * @param verdict the answer
 */
public record SaveVerdict(StoredVerdict verdict) implements Change {
  @Override
  public void apply(MemoryView view) {
    view.save(verdict);
  }

  @Override
  public int documents() {
    return 0;
  }
}
