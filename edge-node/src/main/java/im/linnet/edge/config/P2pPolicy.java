package im.linnet.edge.config;

/** Who may send p2p messages to whom. */
public enum P2pPolicy {
  /** Everybody to everybody, but for those who are blocked. */
  ANYONE,
  /** Friends to friends. */
  FRIENDS
}
