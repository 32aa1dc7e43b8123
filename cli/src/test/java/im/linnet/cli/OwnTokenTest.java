package im.linnet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.linnet.client.TokenSupplier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A token that is not that of {@code --as} is refused before anything is connected. */
class OwnTokenTest {
  @TempDir Path folder;

  @Test
  void theTokenOfAnotherUserIsRefused() throws IOException {
    CommandRun run = chat(token("{\"sub\":\"bb\"}"));

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains("--token-file").contains("another user than aa");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"sub\":7}",
        "{\"sub\":null}",
        "{}",
        "{\"sub\":[\"aa\"]}",
        "{\"sub\":\"aa \"}",
        "{\"sub\":\"AA\"}"
      })
  void aTokenThatDoesNotNameTheUserIsRefused(String claims) throws IOException {
    CommandRun run = chat(token(claims));

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains("--token-file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "a.b.c", "{\"sub\":\"aa\"}", "aa bb cc"})
  void whatIsNoTokenIsRefused(String text) throws IOException {
    CommandRun run = chat(text);

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains("not a token").doesNotContain("Exception");
  }

  @Test
  void theOwnTokenIsTaken() {
    OwnToken.require(token("{\"sub\":\"aa\"}"), "aa", "--token-file");
  }

  @Test
  void aFileThatChangesIsCheckedAtEachRead() throws Exception {
    Path file = Files.writeString(folder.resolve("token"), token("{\"sub\":\"aa\"}") + "\n");
    TokenSupplier tokens = ChatCommand.fileTokens(file, "aa");
    assertThat(tokens.token()).isEqualTo(token("{\"sub\":\"aa\"}"));

    Files.writeString(file, token("{\"sub\":\"bb\"}"));
    assertThatThrownBy(tokens::token)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("another user than aa")
        .hasMessageContaining("--token-file");
    Files.delete(file);
    assertThatThrownBy(tokens::token)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("there is no such file");
    Files.writeString(file, token("{\"sub\":\"aa\"}"));
    assertThat(tokens.token()).isEqualTo(token("{\"sub\":\"aa\"}"));
  }

  private CommandRun chat(String token) throws IOException {
    Path file = Files.writeString(folder.resolve("token"), token + "\n");
    return CommandRun.of("chat", "--as", "aa", "--to", "bb", "--token-file", file.toString());
  }

  private static String token(String claims) {
    return encoded("{\"alg\":\"HS256\"}") + "." + encoded(claims) + "." + encoded("signature");
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
