package im.linnet.records;

/** What became of a friend request. The number of each is {@code Status} in the view. */
public enum RequestStatus {
  PENDING,
  ACCEPTED,
  REJECTED;

  /** The status of that number. */
  public static RequestStatus of(int number) {
    return values()[number];
  }
}
