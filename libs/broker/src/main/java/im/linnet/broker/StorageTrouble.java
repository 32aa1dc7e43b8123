package im.linnet.broker;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The reason why a directory cannot be read or written, in words for the operator of the machine.
 * The operating system gives its reasons only in the texts of exceptions.
 *
 * @param reason a clause, such as "the disk is full"
 * @param remedy the remedy, as an order
 * @param isSetting whether another directory, or other rights on it, would help; if not, the same
 *     start may succeed later
 */
public record StorageTrouble(String reason, String remedy, boolean isSetting) {
  private record Known(String text, StorageTrouble trouble) {}

  private static final StorageTrouble NO_PERMISSION =
      new StorageTrouble(
          "this user may not write there",
          "give this user the right to, or give another one",
          true);

  private static final StorageTrouble NO_DIRECTORY =
      new StorageTrouble(
          "there is a file where a directory should be", "give another directory", true);

  private static final StorageTrouble GONE =
      new StorageTrouble(
          "a file or a directory there is gone", "see who removed it, then start again", false);

  private static final List<Known> KNOWN =
      List.of(
          known("No space left", "the disk is full", "free some space, then start again"),
          known("quota", "the disk quota is used up", "free some space, then start again"),
          known(
              "Too many open files",
              "too many files and sockets are open",
              "raise the limit ('ulimit -n'), then start again"),
          known(
              "File too large",
              "a file there may not grow any further",
              "raise the limit ('ulimit -f'), then start again"),
          known(
              "Input/output error",
              "the disk does not work (input/output error)",
              "see what the system's log says of it"),
          new Known(
              "Read-only file system",
              new StorageTrouble(
                  "the file system is read-only", "mount it writable, or give another one", true)),
          // A page of a memory-mapped file.
          known(
              "unsafe memory access",
              "the disk is full, or it does not work",
              "free some space, then start again"),
          new Known("Not a directory", NO_DIRECTORY),
          new Known("Permission denied", NO_PERMISSION),
          new Known("Operation not permitted", NO_PERMISSION),
          new Known("No such file", GONE));

  private static Known known(String text, String reason, String remedy) {
    return new Known(text, new StorageTrouble(reason, remedy, false));
  }

  /** The storage trouble among a failure's causes; empty if it has only other causes. */
  public static Optional<StorageTrouble> of(@Nullable Throwable failure) {
    Optional<StorageTrouble> found = Optional.empty();
    for (Throwable each = failure; each != null; each = each.getCause()) {
      Optional<StorageTrouble> here = ofOne(each);
      // The innermost cause comes from the system. The outer ones may be about a closed file.
      found = here.isPresent() ? here : found;
    }
    return found;
  }

  private static Optional<StorageTrouble> ofOne(Throwable failure) {
    if (failure instanceof AccessDeniedException) {
      return Optional.of(NO_PERMISSION);
    }
    if (failure instanceof NoSuchFileException) {
      return Optional.of(GONE);
    }
    if (failure instanceof FileAlreadyExistsException) {
      return Optional.of(NO_DIRECTORY);
    }
    String text = String.valueOf(failure.getMessage());
    Optional<StorageTrouble> known =
        KNOWN.stream().filter(each -> text.contains(each.text())).map(Known::trouble).findFirst();
    return known.isEmpty() && failure instanceof IOException
        ? Optional.of(
            new StorageTrouble(
                failure.getMessage() == null
                    ? "the system does not tell the reason"
                    : "the system says '" + text + "'",
                "mend that, then start again",
                false))
        : known;
  }
}
