package im.linnet.records;

/**
 * A user asked another one to be friends.
 *
 * @param request the request as it stands in the list of one of the two
 */
public record InsertRequest(StoredRequest request) implements Change {
  @Override
  public void apply(MemoryView view) {
    view.add(request);
  }

  @Override
  public int documents() {
    return 1;
  }
}
