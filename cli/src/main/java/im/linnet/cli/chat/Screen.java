package im.linnet.cli.chat;

import im.linnet.client.HistoryPage;
import im.linnet.client.Message;
import im.linnet.client.Presence;
import im.linnet.client.Unread;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** How things look in a terminal: one line each, without any cursor control. Safe on any thread. */
final class Screen {
  private static final String SENT = "✓";
  private static final String READ = "✓✓";

  private final PrintWriter out;
  private final DateTimeFormatter clock;
  private final DateTimeFormatter date;

  Screen(PrintWriter out, ZoneId zone) {
    this.out = out;
    this.clock = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(zone);
    this.date = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(zone);
  }

  void message(Message message) {
    line(message.timeMillis(), message.sender(), message.content(), "");
  }

  /** A message of a history page, with its ticks where it is our own. */
  void entry(HistoryPage.Entry entry, String user) {
    Message message = entry.message();
    String ticks = "";
    if (message.sender().equals(user)) {
      ticks = entry.read() || entry.readers() > 0 ? READ : SENT;
    }
    String content = entry.recalled() ? "(recalled)" : message.content();
    line(message.timeMillis(), message.sender(), content, ticks);
  }

  /** An own message that is durable now. */
  void sent(long timeMillis, String user, String content) {
    line(timeMillis, user, content, SENT);
  }

  void read(String reader) {
    note(READ + " " + reader + " has read");
  }

  void presence(Presence presence) {
    String lastSeen =
        presence.lastSeenMillis() == 0
            ? ""
            : ", last seen " + date.format(Instant.ofEpochMilli(presence.lastSeenMillis()));
    note(
        presence.userId()
            + " is "
            + presence.status().wire()
            + (presence.status().wire().equals("offline") ? lastSeen : ""));
  }

  void unread(Map<String, Unread.Count> byPeer) {
    new TreeMap<>(byPeer)
        .forEach((peer, count) -> note(count + " unread from " + peer + " (/to " + peer + ")"));
  }

  /** A line about the chat, not of it. */
  void note(String text) {
    print("* " + text);
  }

  private void line(long timeMillis, String sender, String content, String ticks) {
    String time = clock.format(Instant.ofEpochMilli(timeMillis));
    print(time + " " + sender + ": " + content + (ticks.isEmpty() ? "" : "  " + ticks));
  }

  private void print(String line) {
    synchronized (out) {
      out.println(printable(line));
      out.flush();
    }
  }

  /**
   * On one line and without control characters, those of eight bits among them: what others write
   * must not steer this terminal.
   */
  private static String printable(String line) {
    return line.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}&&[^\\t]]", " ");
  }
}
