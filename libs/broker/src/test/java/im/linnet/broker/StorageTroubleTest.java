package im.linnet.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the system says, in the words of the person who runs it. */
class StorageTroubleTest {
  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(new IOException("No space left on device"), "the disk is full", false),
        Arguments.of(new IOException("Disk quota exceeded"), "quota", false),
        Arguments.of(
            new FileSystemException("/x", null, "Too many open files"), "too many files", false),
        Arguments.of(new IOException("File too large"), "may not grow", false),
        Arguments.of(new IOException("Input/output error"), "disk does not work", false),
        Arguments.of(
            new InternalError("a fault occurred in an unsafe memory access operation"),
            "the disk is full",
            false),
        Arguments.of(
            new FileSystemException("/x", null, "Read-only file system"), "read-only", true),
        Arguments.of(new AccessDeniedException("/x"), "may not write", true),
        Arguments.of(new FileAlreadyExistsException("/x"), "is a file", true),
        Arguments.of(new NoSuchFileException("/x"), "is gone", false),
        Arguments.of(new IOException("odd"), "'odd'", false));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void eachFailureHasItsReason(Throwable failure, String reason, boolean isSetting) {
    for (Throwable each :
        new Throwable[] {failure, new IllegalStateException("wrapped", failure)}) {
      StorageTrouble trouble = StorageTrouble.of(each).orElseThrow();

      assertThat(trouble.reason()).contains(reason);
      assertThat(trouble.isSetting()).isEqualTo(isSetting);
    }
  }

  @Test
  void theInnermostCauseCounts() {
    assertThat(
            StorageTrouble.of(
                new IOException("closed", new IOException("No space left on device"))))
        .get()
        .extracting(StorageTrouble::reason)
        .isEqualTo("the disk is full");
  }

  @Test
  void anythingElseIsNone() {
    assertThat(StorageTrouble.of(new IllegalArgumentException("x"))).isEmpty();
    assertThat(StorageTrouble.of(null)).isEmpty();
    assertThat(StorageTrouble.of(new UncheckedIOException(new IOException("x")))).isPresent();
  }
}
