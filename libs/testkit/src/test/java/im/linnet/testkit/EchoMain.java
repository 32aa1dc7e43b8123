package im.linnet.testkit;

/** Says what it was given. */
final class EchoMain {
  private EchoMain() {}

  public static void main(String[] arguments) {
    System.out.println("got " + String.join(",", arguments));
  }
}
