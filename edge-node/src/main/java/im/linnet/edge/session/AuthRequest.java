package im.linnet.edge.session;

import im.linnet.schemas.Excerpt;
import im.linnet.schemas.Position;
import im.linnet.schemas.frame.BadRequestException;
import im.linnet.schemas.frame.RequestFields;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code auth}, the first request of a connection; it begins the session.
 *
 * @param id the request's id, null if the client gave none
 * @param token the JWT; null if the transport carried it
 * @param device the client's device name, {@code default} if it gave none; one text for all devices
 *     of that name, since sessions keep it
 * @param resume the positions that the client has seen; null if it gave no list
 * @param log the id of the log of {@code resume}, null if it gave none
 */
public record AuthRequest(
    @Nullable String id,
    @Nullable String token,
    String device,
    @Nullable List<Position> resume,
    @Nullable String log) {
  /** The op's name. */
  public static final String OP = "auth";

  // One position per partition of three streams; far above any sensible partition count.
  private static final int MAX_POSITIONS = 4096;

  /** The request in these fields. */
  public static AuthRequest read(RequestFields fields) throws BadRequestException {
    String device = fields.optionalId("device");
    List<Position> resume = fields.has("resume") ? positions(fields) : null;
    return new AuthRequest(
        fields.replyId(),
        fields.optionalText("token"),
        device == null ? "default" : device.intern(),
        resume,
        fields.optionalText("log"));
  }

  private static List<Position> positions(RequestFields fields) throws BadRequestException {
    List<Position> resume = new ArrayList<>();
    for (String text : fields.texts("resume", MAX_POSITIONS)) {
      Position position = Position.parse(text);
      if (position == null || !position.place().stream().delivered()) {
        throw fields.problem(
            "resume", "'" + Excerpt.of(text) + "' is not a position, as p2p/3/812");
      }
      resume.add(position);
    }
    return List.copyOf(resume);
  }
}
