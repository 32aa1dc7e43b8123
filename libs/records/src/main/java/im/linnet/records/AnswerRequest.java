package im.linnet.records;

/**
 * A friend request was answered: the newest one of its asker before the answer.
 *
 * @param owner the user in whose list it is
 * @param reqUser the user who asked
 * @param user the user who answers
 * @param status the answer
 * @param offset the place of the answer's fact, in the owner's own partition
 */
public record AnswerRequest(
    String owner, String reqUser, String user, RequestStatus status, long offset)
    implements Change {
  @Override
  public void apply(MemoryView view) {
    view.answer(this);
  }

  @Override
  public int documents() {
    return 0;
  }
}
