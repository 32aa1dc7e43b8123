package im.linnet.edge.config;

import im.linnet.schemas.Names;
import im.linnet.settings.SettingException;

/**
 * All settings of an edge, checked at construction, before a socket opens. Each part has the flags,
 * defaults, bounds and meanings of its settings.
 *
 * @param edge the edge's id, one per running process: 1-64 characters of a user name
 * @param listeners the ports for clients
 * @param sessions the bounds of one session
 * @param auth the keys and claims of good tokens
 * @param publishing the way into the log
 * @param reads the way to the store
 * @param tail the newest records of the log that the edge keeps
 * @param attach the bounds of attaching
 * @param p2p who may send p2p messages to whom
 */
public record EdgeConfig(
    String edge,
    ListenerSettings listeners,
    SessionSettings sessions,
    AuthSettings auth,
    PublishSettings publishing,
    ReadSettings reads,
    RingSettings tail,
    AttachSettings attach,
    P2pPolicy p2p) {

  public EdgeConfig {
    SettingException.require(
        Names.isToken(edge),
        "'" + edge + "' cannot be an edge's name",
        "--edge-id",
        "give 1 to 64 of A-Z a-z 0-9 . _ @ -");
  }

  /** An edge with every default. */
  public static EdgeConfig of(String edge, AuthSettings auth) {
    return new EdgeConfig(
        edge,
        ListenerSettings.DEFAULT,
        SessionSettings.DEFAULT,
        auth,
        PublishSettings.DEFAULT,
        ReadSettings.DEFAULT,
        RingSettings.DEFAULT,
        AttachSettings.DEFAULT,
        P2pPolicy.ANYONE);
  }

  /** This edge with other listeners. */
  public EdgeConfig withListeners(ListenerSettings other) {
    return new EdgeConfig(edge, other, sessions, auth, publishing, reads, tail, attach, p2p);
  }

  /** This edge with other keys and claims of tokens. */
  public EdgeConfig withAuth(AuthSettings other) {
    return new EdgeConfig(edge, listeners, sessions, other, publishing, reads, tail, attach, p2p);
  }

  /** This edge with another policy for p2p messages. */
  public EdgeConfig withP2p(P2pPolicy other) {
    return new EdgeConfig(edge, listeners, sessions, auth, publishing, reads, tail, attach, other);
  }
}
