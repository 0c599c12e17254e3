import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** A program that knows nothing of the emulator: posts a form to each address, with Java's own client. */
class Post {
  public static void main(String[] args) throws Exception {
    for (int index = 1; index < args.length; index++) {
      var request = HttpRequest.newBuilder(URI.create(args[index])).header("content-type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(args[0])).build();
      System.out.println(HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body());
    }
  }
}
