import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Calls the CPQ admin API with an access token of the client credentials flow. Java 11 or newer, no packages:
 * {@code java CallCpq.java}.
 *
 * <p>The consumer secret is no part of this file: give it in the environment variable CPQ_CONSUMER_SECRET. The other
 * values can be given that way too. A proxy is taken from the system property https.proxyHost.
 */
public class CallCpq {
    static final String TOKEN_URL =
        variable("CPQ_TOKEN_URL", "https://example.my.salesforce.com/services/oauth2/token");
    static final String CONSUMER_KEY = variable("CPQ_CONSUMER_KEY", "EXAMPLE_CONSUMER_KEY");
    static final String CPQ_URL = variable("CPQ_URL", "https://example.test.logik.io");

    static final String[] LISTS = {
        "/a/managed_tables/v1/managedTables", "/a/Admin/v3/rules", "/a/admin/v2/blueprints",
    };

    /** It follows no redirects: a token must go only to the server for which it is. */
    static final HttpClient client = HttpClient.newBuilder()
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(Duration.ofSeconds(30))
        .build();

    public static void main(String[] arguments) throws InterruptedException {
        try {
            String token = accessToken();
            for (String path : LISTS) {
                // For the next pages, add one to "page" until "last" of the answer is true.
                URI uri = URI.create(CPQ_URL.replaceAll("/+$", "") + path + "?page=0&size=100");
                System.out.println(read(HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + token)));
            }
        } catch (IOException refused) {
            System.err.println(refused.getMessage());
            System.exit(1);
        }
    }

    /** Requests a token. It is good until its claim "exp": keep it, and request another one shortly before. */
    static String accessToken() throws IOException, InterruptedException {
        String secret = variable("CPQ_CONSUMER_SECRET", "");
        if (secret.isEmpty()) throw new IOException("CPQ_CONSUMER_SECRET is not set.");
        String body = "grant_type=client_credentials&client_id=" + encoded(CONSUMER_KEY)
            + "&client_secret=" + encoded(secret);
        String answer = read(HttpRequest.newBuilder(URI.create(TOKEN_URL))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
        // A program that has a JSON library takes the token with it.
        Matcher token = Pattern.compile("\"access_token\"\\s*:\\s*\"([^\"]+)\"").matcher(answer);
        if (!token.find()) throw new IOException(TOKEN_URL + " answered without a token.");
        return token.group(1);
    }

    /** The text of an answer, which is JSON. */
    static String read(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpRequest sent = request.header("Accept", "application/json").timeout(Duration.ofSeconds(30)).build();
        var answer = client.send(sent, BodyHandlers.ofString());
        String text = answer.body();
        if (answer.statusCode() == 200) return text;
        String beginning = text.substring(0, Math.min(500, text.length()));
        throw new IOException(sent.uri() + " answered " + answer.statusCode() + ": " + beginning);
    }

    static String variable(String name, String otherwise) {
        return System.getenv().getOrDefault(name, otherwise);
    }

    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
