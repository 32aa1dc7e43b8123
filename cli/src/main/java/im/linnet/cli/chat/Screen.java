package im.linnet.cli.chat;

import im.linnet.client.Draft;
import im.linnet.client.HistoryEntry;
import im.linnet.client.Message;
import im.linnet.client.MessageChange;
import im.linnet.client.Presence;
import im.linnet.client.Unread;
import im.linnet.schemas.document.PresenceStatus;
import im.linnet.schemas.event.MessageId;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How things look in a terminal. What others wrote is made {@link Printable}; its line breaks stay,
 * and each line after the first is indented, so that it cannot pass for another message. Safe on
 * any thread.
 */
final class Screen {
  private static final String SENT = "  ✓";
  private static final String READ = "  ✓✓";
  private static final String INDENT = "      ";
  private static final int LONGEST_NAME = 64;

  private final Console console;
  private final DateTimeFormatter clock;
  private final DateTimeFormatter date;

  Screen(Console console, ZoneId zone) {
    this.console = console;
    this.clock = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(zone);
    this.date = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(zone);
  }

  /** A message as it comes: of the peer, or an own one from another device. */
  void message(Message message) {
    console.print(said(message, message.of() == null ? "" : SENT));
  }

  /** A change of a message that the screen does not show. */
  void changed(MessageId message, MessageChange change, long timeMillis) {
    changed(message, change, timeMillis, null);
  }

  /**
   * A change of a message.
   *
   * @param timeMillis the time of the change
   * @param sentMillis the time of the message, which the screen shows; null if it does not
   */
  void changed(
      MessageId message, MessageChange change, long timeMillis, @Nullable Long sentMillis) {
    String of = sentMillis == null ? "" : " of " + clock.format(Instant.ofEpochMilli(sentMillis));
    switch (change) {
      case MessageChange.Edit edit ->
          console.print(
              line(timeMillis, name(message.from()), " (edited" + of + ")", edit.content(), ""));
      case MessageChange.Recall recall ->
          note(
              name(message.from())
                  + (of.isEmpty() ? " took a message back" : " took the message" + of + " back"));
    }
  }

  /** A message of a history page, with its ticks where it is our own. */
  void entry(HistoryEntry entry, String user) {
    Message message = entry.message();
    String ticks = "";
    if (message.sender().equals(user)) {
      ticks = entry.read() || entry.readers() > 0 ? READ : SENT;
    }
    console.print(said(message, ticks));
  }

  /** An own message that is on its way. */
  Sending sending(String user, String content) {
    List<String> lines = Printable.lines(content);
    String first = lines.getFirst() + (lines.size() > 1 ? " ..." : "");
    return new Sending(console.pending("--:-- " + user + ": " + first + "  (sending)"));
  }

  /** What became of a message that was on its way; one of the methods is called, once. */
  final class Sending {
    private final long pending;

    private Sending(long pending) {
      this.pending = pending;
    }

    /** It is durable. */
    void sent(long timeMillis, String user, String content) {
      console.settle(pending, line(timeMillis, user, "", content, SENT));
    }

    /** Shows that it was not sent, or that nobody knows because no answer came in time. */
    void failed(String content, boolean unknown, String reason) {
      console.settle(
          pending,
          noted(
              (unknown ? "PERHAPS NOT SENT: " : "NOT SENT: ")
                  + indented(content)
                  + " ("
                  + Printable.line(reason)
                  + ")"));
    }
  }

  void read(String reader) {
    note(READ.strip() + " " + reader + " has read");
  }

  void presence(Presence presence) {
    note(words(presence));
  }

  /** The presence of a user as a sentence. */
  String words(Presence presence) {
    boolean dated = presence.status() == PresenceStatus.OFFLINE && presence.lastSeenMillis() > 0;
    return presence.userId()
        + " is "
        + presence.status().wire()
        + (dated ? ", last seen " + moment(presence.lastSeenMillis()) : "");
  }

  /** What waits, and how to see it: a line for each sender, and one for all requests. */
  void unread(Map<String, Unread.Count> byPeer, long requests, Collection<String> askers) {
    new TreeMap<>(byPeer)
        .forEach((peer, count) -> note(count + " unread from " + peer + " (/to " + peer + ")"));
    if (requests > 0) {
      String from =
          askers.isEmpty()
              ? ""
              : " from " + String.join(", ", askers) + " (/to " + askers.iterator().next() + ")";
      note(requests + (requests == 1 ? " request" : " requests") + from);
    }
  }

  /** A line for each topic in which something waits. */
  void unreadTopics(Map<String, Unread.Count> byTopic, TopicNames names) {
    new TreeMap<>(byTopic)
        .forEach(
            (topic, count) ->
                note(
                    count
                        + " unread in "
                        + names.of(topic)
                        + " ("
                        + Talk.in(topic).command()
                        + ")"));
  }

  /** The time of a message, or of another moment, with its date. */
  String moment(long timeMillis) {
    return date.format(Instant.ofEpochMilli(timeMillis));
  }

  /** A line about the chat, not of it. */
  void note(String text) {
    console.print(noted(Printable.line(text)));
  }

  /** The commands. */
  void help() {
    console.print(Line.HELP.stream().map(this::noted).collect(Collectors.joining("\n")));
  }

  private String said(Message message, String ticks) {
    String type = message.type().equals(Draft.TEXT) ? "" : " [" + name(message.type()) + "]";
    String edited = message.editedMillis() > 0 && !message.recalled() ? " (edited)" : "";
    return line(
        message.timeMillis(),
        name(message.sender()),
        type + edited,
        message.recalled() ? "(recalled)" : message.content(),
        ticks);
  }

  private String line(long timeMillis, String sender, String type, String content, String ticks) {
    String time = clock.format(Instant.ofEpochMilli(timeMillis));
    return faint(time) + " " + bold(sender) + type + ": " + indented(content) + ticks;
  }

  private static String indented(String content) {
    return String.join("\n" + INDENT, Printable.lines(content));
  }

  /** A name or a type as the server gave it, which may be anything. */
  private static String name(String given) {
    String name = Printable.line(given);
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "...";
  }

  private String noted(String text) {
    return faint("* " + text);
  }

  private String faint(String text) {
    return console.colours() ? "\u001b[2m" + text + "\u001b[22m" : text;
  }

  private String bold(String text) {
    return console.colours() ? "\u001b[1m" + text + "\u001b[22m" : text;
  }
}
