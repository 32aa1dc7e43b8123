package im.linnet.edge.ops;

import im.linnet.schemas.event.InboxEvent;

/** The pushes that metrics tell apart. */
public enum PushKind {
  MESSAGE,
  /** One's own message, for one's other devices. */
  SENT,
  /** One's own read mark, for one's other devices. */
  READ,
  /** A peer's read mark. */
  RECEIPT,
  PRESENCE,
  SYNCED;

  /** The kind of the push of a record. */
  public static PushKind of(InboxEvent event) {
    return switch (event) {
      case InboxEvent.Message message -> MESSAGE;
      case InboxEvent.Sent sent -> SENT;
      case InboxEvent.Read read -> READ;
      case InboxEvent.Receipt receipt -> RECEIPT;
    };
  }
}
