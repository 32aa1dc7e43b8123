package im.linnet.records;

import java.util.concurrent.TimeUnit;

/**
 * A document of {@code conversation}: one direction of a p2p conversation, in its owner's list.
 *
 * @param owner the user in whose list it is
 * @param peer the other user; the owner, for notes to oneself
 * @param sent true for the messages that the owner sent; false for those of the peer
 * @param hour the hour of the newest message, in hours since the epoch: no message of the direction
 *     is of a later one
 */
public record ConversationHour(String owner, String peer, boolean sent, long hour) {
  private static final long HOUR_MILLIS = TimeUnit.HOURS.toMillis(1);

  /** The hour of a broker time, ms. */
  public static long of(long millis) {
    return Math.floorDiv(millis, HOUR_MILLIS);
  }

  /** The first ms of an hour. */
  public static long begin(long hour) {
    return hour * HOUR_MILLIS;
  }
}
