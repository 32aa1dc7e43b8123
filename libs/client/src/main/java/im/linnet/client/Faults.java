package im.linnet.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;
import javax.net.ssl.SSLException;

/** Words for the faults of a connection, for the person who waits for it. Pure. */
final class Faults {
  private Faults() {}

  /** One line that names the server; never a class, never a library's text. */
  static String connection(ServerAddress address, Throwable fault) {
    return switch (fault) {
      case UnknownHostException unknown -> "there is no host named " + address.host();
      case UnresolvedAddressException unknown -> "there is no host named " + address.host();
      case SocketTimeoutException late -> address + " does not answer";
      case NoRouteToHostException away -> address + " cannot be reached";
      case ConnectException refused -> refused(address, refused);
      case EOFException ended -> "the server closed the connection";
      case SSLException refused -> tls(address, refused);
      case JsonProcessingException garbage -> address + " does not answer as a Linnet edge does";
      case FrameTooLongException garbage -> String.valueOf(garbage.getMessage());
      case IOException lost -> "the connection to " + address + " was lost";
      default -> address + " cannot be used";
    };
  }

  /** A server that was silent for that long. */
  static String silence(ServerAddress address, long millis) {
    return address + " did not answer within " + time(millis);
  }

  /** A token that did not come for that long. */
  static String lateToken(ServerAddress address, long millis) {
    return "the token for " + address + " did not come within " + time(millis);
  }

  private static String time(long millis) {
    return millis % 1_000 == 0 ? millis / 1_000 + " s" : millis + " ms";
  }

  /** The reason for a missing token: the supplier's own words, if it gives any. */
  static String token(Exception fault) {
    return fault instanceof IOException && fault.getMessage() != null
        ? fault.getMessage()
        : "the login token is missing";
  }

  private static String refused(ServerAddress address, ConnectException fault) {
    String message = String.valueOf(fault.getMessage()).toLowerCase(Locale.ROOT);
    return message.contains("refused")
        ? "nothing listens at " + address
        : address + " does not answer";
  }

  private static String tls(ServerAddress address, SSLException fault) {
    return ClientTls.isAboutTheCertificate(fault)
        ? "the certificate of " + address + " is not trusted, or is for another name"
        : address + " does not speak TLS correctly";
  }
}
