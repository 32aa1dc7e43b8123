package im.linnet.records;

/** The state of a friend request. Its number is {@code Status} in the view. */
public enum RequestStatus {
  PENDING(0),
  ACCEPTED(1),
  REJECTED(2);

  private final int number;

  RequestStatus(int number) {
    this.number = number;
  }

  /** Its number. */
  public int number() {
    return number;
  }

  /**
   * The status of that number.
   *
   * @throws IllegalArgumentException if no status has it
   */
  public static RequestStatus of(int number) {
    for (RequestStatus status : values()) {
      if (status.number == number) {
        return status;
      }
    }
    throw new IllegalArgumentException("no friend request has the status " + number);
  }
}
