package im.linnet.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * The entry point of the {@code linnet} process. It uses no library, so that it also runs under a
 * limit at which the libraries cannot be opened.
 */
public final class Main {
  private Main() {}

  /** Runs the command and ends the process with its exit code, see {@link ExitCodes}. */
  public static void main(String[] arguments) {
    // Kafka writes its configuration in capitals of the machine's language; in Turkish and others
    // those are not the ones that it looks for.
    Locale.setDefault(Locale.ROOT);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    String tooFew = OpenFiles.tooFewForAnything();
    if (tooFew != null) {
      err.println("linnet: " + tooFew);
      System.exit(1);
    }
    System.exit(
        Linnet.run(
            List.of(arguments),
            System.getenv(),
            new PrintWriter(System.out, true, StandardCharsets.UTF_8),
            err));
  }
}
