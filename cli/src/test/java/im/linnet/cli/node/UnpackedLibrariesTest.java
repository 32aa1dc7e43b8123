package im.linnet.cli.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackedLibrariesTest {
  private static final String MAPPED = "7f0000000000-7f0000001000 r-xp 00000000 fe:01 1234      ";

  @TempDir private Path folder;

  @Test
  void theMappedOnesAreDeletedWithTheirLocksAndNothingElse() throws IOException {
    Path mine = Files.createFile(folder.resolve("liblz4-java-1.so"));
    Files.createFile(folder.resolve("liblz4-java-1.so.lck"));
    Path others = Files.createFile(folder.resolve("liblz4-java-2.so"));
    Path theUsers = Files.createFile(folder.resolve("agent.so"));
    Path data = Files.createFile(folder.resolve("liblz4-java-1.data"));
    Path inner = Files.createDirectory(folder.resolve("inner"));
    Path elsewhere = Files.createFile(inner.resolve("liblz4-java-3.so"));
    Path maps =
        Files.write(
            folder.resolve("maps"),
            List.of(
                MAPPED + mine,
                MAPPED + mine,
                MAPPED + theUsers,
                MAPPED + data,
                MAPPED + elsewhere,
                MAPPED + folder.resolve("libzstd-jni-gone.so"),
                MAPPED + "[heap]",
                MAPPED));
    UnpackedLibraries.delete(maps, folder);
    try (var left = Files.list(folder)) {
      assertThat(left).containsExactlyInAnyOrder(others, theUsers, data, inner, maps);
    }
    assertThat(elsewhere).exists();
  }

  @Test
  void whatCannotBeReadIsLeftAlone() {
    UnpackedLibraries.delete(folder.resolve("none"), folder);
    assertThat(folder).isEmptyDirectory();
  }
}
