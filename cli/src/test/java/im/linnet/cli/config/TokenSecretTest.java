package im.linnet.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenSecretTest {
  @TempDir Path folder;

  @Test
  void aDataDirectoryGetsOneKeyForEverReadableByItsOwnerAlone() throws IOException {
    DataFolder data = new DataFolder(folder);
    byte[] first = TokenSecret.ofData(data).bytes();

    assertThat(TokenSecret.ofData(data).bytes()).isEqualTo(first);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.tokenSecret())))
        .isEqualTo("rw-------");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(data.tokenSecret());
    }
  }

  @RepeatedTest(20)
  void ofSeveralFirstStartsOneKeyCounts() throws Exception {
    DataFolder data = new DataFolder(folder);
    int makers = 4;
    CyclicBarrier together = new CyclicBarrier(makers);
    List<CompletableFuture<byte[]>> keys = new ArrayList<>();
    for (int i = 0; i < makers; i++) {
      CompletableFuture<byte[]> key = new CompletableFuture<>();
      keys.add(key);
      Thread.ofPlatform()
          .start(
              () -> {
                try {
                  together.await();
                  key.complete(TokenSecret.ofData(data).bytes());
                } catch (Exception e) {
                  key.completeExceptionally(e);
                }
              });
    }

    byte[] kept = keys.getFirst().get(10, TimeUnit.SECONDS);
    for (CompletableFuture<byte[]> key : keys) {
      assertThat(key.get(10, TimeUnit.SECONDS)).isEqualTo(kept);
    }
    assertThat(TokenSecret.ofData(data).bytes()).isEqualTo(kept);
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(data.tokenSecret());
    }
  }

  @Test
  void aLineEndIsNoPartOfTheKey() throws IOException {
    String key = "0123456789abcdef0123456789abcdef";
    Path file = Files.writeString(folder.resolve("secret"), key + "\r\n");

    assertThat(TokenSecret.read(file, "--x").bytes())
        .isEqualTo(key.getBytes(StandardCharsets.US_ASCII));
  }
}
