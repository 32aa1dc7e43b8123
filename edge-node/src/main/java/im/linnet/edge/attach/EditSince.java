package im.linnet.edge.attach;

import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.event.EditEvent;
import im.linnet.schemas.event.InboxEvent;
import im.linnet.schemas.event.InboxEventCodec;
import im.linnet.schemas.event.MalformedEventException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Finds the {@code since} of a topic's stored edit. A resume passes thousands of records, and
 * hardly any has one. So only a value with that name among its bytes is decoded. Pure; safe on any
 * thread.
 */
final class EditSince {
  /** In a JSON string a quote has a backslash before it, so this stands in no longer text. */
  private static final byte[] NAME = "\"since\"".getBytes(StandardCharsets.US_ASCII);

  private EditSince() {}

  /** The offset in it; {@code Long.MAX_VALUE} for every other record. */
  static long of(byte[] value) {
    if (!isNamed(value)) {
      return Long.MAX_VALUE;
    }
    try {
      InboxEvent event = InboxEventCodec.decode(Stream.TOPIC, EditEvent.TYPE, value);
      Position since = event instanceof EditEvent edit ? edit.since() : null;
      return since == null ? Long.MAX_VALUE : since.offset();
    } catch (MalformedEventException e) {
      // No edit: a message may have that word as its text.
      return Long.MAX_VALUE;
    }
  }

  private static boolean isNamed(byte[] value) {
    for (int at = 0; at <= value.length - NAME.length; at++) {
      if (value[at] == NAME[0]
          && Arrays.equals(value, at, at + NAME.length, NAME, 0, NAME.length)) {
        return true;
      }
    }
    return false;
  }
}
