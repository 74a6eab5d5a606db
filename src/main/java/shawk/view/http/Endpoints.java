package shawk.view.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import shawk.zk.stats.KeysJson;
import shawk.zk.stats.MetricsText;
import shawk.zk.stats.StatsJson;
import shawk.zk.stats.StatsSnapshot;
import shawk.zk.stats.Window;

/**
 * What can be asked for. An answer is made once for all who ask within the same second. Used by the server's thread.
 */
final class Endpoints implements Answers {
    private static final Map<String, Response> FILES = Map.of(
            "/", file("page.html", "text/html; charset=utf-8"),
            "/page.js", file("page.js", "text/javascript; charset=utf-8"),
            "/page.css", file("page.css", "text/css; charset=utf-8"),
            "/icon.svg", file("icon.svg", "image/svg+xml"));

    /** In ZKTraffic's words, which has a profiler of Python's and says so where that is off. */
    private static final Response PROFILE = Response.ok(
            Response.TEXT, "Profiling is disabled: there is no profiler; /threads says where each thread is\n");

    /** Hold nothing that was captured. */
    private static final Set<String> OPEN = Set.of("/", "/page.js", "/page.css", "/icon.svg", "/health");

    private final Guard guard;
    private final StatsFeed feed;
    private final String version;
    private final int refreshSeconds;
    private final Map<String, Response> made = new HashMap<>();
    private @Nullable StatsSnapshot madeOf;
    private long faults;

    Endpoints(Guard guard, StatsFeed feed, String version, int refreshSeconds) {
        this.guard = guard;
        this.feed = feed;
        this.version = version;
        this.refreshSeconds = refreshSeconds;
    }

    @Override
    public Response answer(Request request, InetSocketAddress local) {
        Response refusal = guard.refusal(request, local, OPEN.contains(request.path()));
        return refusal != null ? refusal : answer(request);
    }

    @Override
    public void failed(Throwable fault) {
        faults++;
        // Room where memory has run out; and two of the answers tell how many there were.
        made.clear();
        feed.failed(fault);
    }

    private Response answer(Request request) {
        Response file = FILES.get(request.path());
        if (file != null) {
            return file;
        }
        return switch (request.path()) {
            case "/health" -> feed.isAlive() ? Response.ok(Response.TEXT, "OK\n") : Response.refused(503, "UNHEALTHY");
            case "/threads" -> Response.ok(Response.TEXT, threads());
            case "/profile" -> PROFILE;
            case "/json/paths", "/json/ips", "/json/auths", "/json/operations" -> windowed(request);
            case "/json/auths-dump", "/json/info", "/json/live", "/metrics" -> counted(request.path(), null);
            default -> Response.refused(404, "there is nothing of this name; see shawk-zk-stats(1)");
        };
    }

    private Response windowed(Request request) {
        String typed = request.parameter("window");
        Window window = typed == null ? null : Window.find(typed);
        return typed != null && window == null
                ? Response.refused(400, "window is previous, current, sliding or all")
                : counted(request.path(), window);
    }

    private Response counted(String path, @Nullable Window asked) {
        StatsSnapshot snapshot = feed.latest();
        Window window = asked == null ? snapshot.usual() : asked;
        if (snapshot != madeOf) {
            made.clear();
            madeOf = snapshot;
        }
        return made.computeIfAbsent(path + "?" + window.id(), any -> make(snapshot, path, window));
    }

    private Response make(StatsSnapshot snapshot, String path, Window window) {
        return switch (path) {
            case "/json/paths" -> Response.ok(Response.JSON, KeysJson.paths(snapshot, window));
            case "/json/ips" -> Response.ok(Response.JSON, KeysJson.addresses(snapshot, window));
            case "/json/auths" -> Response.ok(Response.JSON, KeysJson.users(snapshot, window));
            case "/json/auths-dump" -> Response.ok(Response.JSON, KeysJson.clients(snapshot));
            case "/json/operations" -> Response.ok(Response.JSON, StatsJson.operations(snapshot, window));
            case "/json/info" -> Response.ok(Response.JSON, StatsJson.info(snapshot, version, faults));
            case "/json/live" -> Response.ok(Response.JSON, StatsJson.live(snapshot, refreshSeconds));
            default -> Response.ok(MetricsText.TYPE, MetricsText.of(snapshot, version, faults));
        };
    }

    /** Where each thread is. */
    private static String threads() {
        Map<String, StackTraceElement[]> traces = new TreeMap<>();
        Thread.getAllStackTraces()
                .forEach((thread, trace) ->
                        traces.put(thread.getName() + " (" + thread.getId() + ", " + thread.getState() + ")", trace));
        StringBuilder out = new StringBuilder();
        traces.forEach((name, trace) -> {
            out.append(name).append('\n');
            for (StackTraceElement element : trace) {
                out.append("    ").append(element).append('\n');
            }
        });
        return out.toString();
    }

    private static Response file(String name, String type) {
        try (InputStream in = Endpoints.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing in the build");
            }
            return new Response(200, type, "", in.readAllBytes());
        } catch (IOException e) {
            throw new IllegalStateException(name + " cannot be read", e);
        }
    }
}
