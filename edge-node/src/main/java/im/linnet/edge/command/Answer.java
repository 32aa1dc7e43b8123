package im.linnet.edge.command;

import im.linnet.schemas.Position;
import im.linnet.schemas.frame.ReplyCode;
import org.jspecify.annotations.Nullable;

/**
 * The verdict on a command, as its caller is told.
 *
 * @param code the code of the reply
 * @param message the reason for a refusal; null where there is none
 * @param at where the verdict stands: behind all facts of the command that the caller can see
 * @param time the broker time of the first verdict on the command, ms: a repeat gets the same
 * @param repeated whether it repeats an earlier verdict on the same command
 */
public record Answer(
    ReplyCode code, @Nullable String message, Position at, long time, boolean repeated) {}
