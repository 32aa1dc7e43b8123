package im.linnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.testkit.MongoServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code linnet digest} where there is nothing to digest. */
@Tag(MongoServer.TAG)
class DigestIT {
  @Test
  void aDatabaseWithoutAViewIsNotADigestOfNothing() {
    MongoServer mongo = MongoServer.shared();
    String uri = mongo.uri();
    int query = uri.indexOf('?');
    String database = mongo.freshDatabase();
    CommandRun digest =
        CommandRun.of(
            "digest",
            "--mongodb",
            uri.substring(0, query).replaceAll("/$", "") + "/" + database + uri.substring(query));
    assertThat(digest.exit()).as(digest.err()).isEqualTo(1);
    assertThat(digest.out()).isEmpty();
    assertThat(digest.err().lines()).hasSize(1);
    assertThat(digest.err()).contains("no view").contains("--mongodb");
  }
}
