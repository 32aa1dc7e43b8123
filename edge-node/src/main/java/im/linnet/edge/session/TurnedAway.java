package im.linnet.edge.session;

import im.linnet.edge.transport.Inbound;
import im.linnet.schemas.frame.CloseCode;

/** The inbound side of a connection that was turned away: it ignores all input. */
enum TurnedAway implements Inbound {
  INSTANCE;

  @Override
  public void frame(byte[] bytes, int from, int to) {}

  @Override
  public void violation(CloseCode code, String detail) {}

  @Override
  public void alive() {}

  @Override
  public void inputEnded() {}

  @Override
  public void ended() {}
}
