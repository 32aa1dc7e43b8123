package im.linnet.records;

import im.linnet.schemas.Position;

/**
 * A friend request in the list of one of the two users.
 *
 * @param owner the user whose list it is in
 * @param reqUser the user who asked
 * @param user the user who was asked
 * @param message the text of the request
 * @param status its state
 * @param uuid the uuid of the command that asked
 * @param at its fact, in the owner's own partition
 * @param time the fact's broker time, ms
 * @param answeredAt the offset of the last answer applied to it; -1 for none
 */
public record StoredRequest(
    String owner,
    String reqUser,
    String user,
    String message,
    RequestStatus status,
    String uuid,
    Position at,
    long time,
    long answeredAt) {
  private static final long MILLIS = 1000;

  /** Its {@code Time}, epoch seconds. */
  public long timeSeconds() {
    return Math.floorDiv(time, MILLIS);
  }

  /** The same request with an answer. */
  public StoredRequest answered(RequestStatus answer, long offset) {
    return new StoredRequest(owner, reqUser, user, message, answer, uuid, at, time, offset);
  }
}
