package im.linnet.cli.system;

/**
 * A message as its recipient is to see it.
 *
 * @param at its place, as pushes name it
 * @param time the broker's, ms
 */
record Delivery(String at, long time, String from, String to, String type, String content) {}
