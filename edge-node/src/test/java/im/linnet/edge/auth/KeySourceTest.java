package im.linnet.edge.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class KeySourceTest {
  @Test
  void aReadingThatHasEndedIsHeldByNoTimer() throws IOException {
    WeakReference<InputStream> read = readWithin(Duration.ofHours(1));
    await()
        .until(
            () -> {
              System.gc();
              return read.get() == null;
            });
  }

  private static WeakReference<InputStream> readWithin(Duration patience) throws IOException {
    InputStream body = new ByteArrayInputStream("{}".getBytes(StandardCharsets.UTF_8));
    assertThat(KeySource.timely(body, patience)).isEqualTo("{}");
    return new WeakReference<>(body);
  }

  @Test
  void aReadingThatTakesTooLongIsClosed() {
    CountDownLatch closed = new CountDownLatch(1);
    InputStream endless =
        new InputStream() {
          @Override
          public int read() throws IOException {
            try {
              closed.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            throw new IOException("closed");
          }

          @Override
          public void close() {
            closed.countDown();
          }
        };
    assertThatThrownBy(() -> KeySource.timely(endless, Duration.ofMillis(1)))
        .isInstanceOf(IOException.class)
        .hasMessage("closed");
  }
}
