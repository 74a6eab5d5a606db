package shawk.view.svg;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import shawk.look.Picture;
import shawk.look.Proof;
import shawk.text.Human;

/**
 * Makes a picture of many boxes one that can be read: boxes that are alike become one that says how many it stands for.
 * First those with the same name, ports and neighbours; where that is not enough, those with the same name and ports
 * whatever their neighbours; last those with the same neighbours whatever their names. Used by one thread.
 */
final class Merger {
    private static final int PLENTY = 24;
    private static final int CROWD = 60;
    private static final int LINES = 48;
    private static final int LEAST = 3;
    private static final int ROUNDS = 8;
    private static final int SHOWN = 3;

    private final Picture picture;
    /** For each box the number of the box that it has become part of. */
    private final int[] group;

    private Merger(Picture picture) {
        this.picture = picture;
        this.group = new int[picture.boxes().size()];
        Arrays.setAll(group, i -> i);
    }

    static Drawn of(Picture picture) {
        Merger merger = new Merger(picture);
        merger.merge(PLENTY, LEAST, true, true);
        merger.merge(PLENTY, 2, true, false);
        merger.merge(CROWD, LEAST, false, true);
        return merger.drawn();
    }

    /** Whether there is more than can be read. */
    private boolean crowded(int enough) {
        long lines = picture.links().stream()
                .map(link -> new Way(group[link.from()], group[link.to()]))
                .distinct()
                .count();
        return lines > LINES || Arrays.stream(group).distinct().count() > enough;
    }

    private void merge(int enough, int least, boolean names, boolean neighbours) {
        for (int round = 0; round < ROUNDS && crowded(enough); round++) {
            Map<Integer, Set<String>> around = neighbours ? around() : Map.of();
            Map<String, TreeSet<Integer>> alike = new LinkedHashMap<>();
            for (int i = 0; i < group.length; i++) {
                Picture.Box box = picture.boxes().get(i);
                String key = box.start() + " " + box.known() + " "
                        + (names && box.known() ? box.name().value() + " " + box.ports() : "")
                        + around.getOrDefault(group[i], Set.of());
                alike.computeIfAbsent(key, k -> new TreeSet<>()).add(group[i]);
            }
            boolean changed = false;
            for (TreeSet<Integer> same : alike.values()) {
                if (same.size() >= least) {
                    changed = true;
                    int first = same.first();
                    for (int i = 0; i < group.length; i++) {
                        group[i] = same.contains(group[i]) ? first : group[i];
                    }
                }
            }
            if (!changed) {
                return;
            }
        }
    }

    /** For each group what leads to it and from it, in words that are equal for equal neighbours. */
    private Map<Integer, Set<String>> around() {
        Map<Integer, Set<String>> around = new TreeMap<>();
        for (Picture.Link link : picture.links()) {
            int from = group[link.from()];
            int to = group[link.to()];
            String what = from == to ? "itself" : "";
            around.computeIfAbsent(from, k -> new TreeSet<>())
                    .add("> " + (what.isEmpty() ? to : what) + ":" + link.port());
            around.computeIfAbsent(to, k -> new TreeSet<>())
                    .add("< " + (what.isEmpty() ? from : what) + ":" + link.port());
        }
        return around;
    }

    private Drawn drawn() {
        Map<Integer, List<Picture.Box>> members = new TreeMap<>();
        for (int i = 0; i < group.length; i++) {
            members.computeIfAbsent(group[i], k -> new ArrayList<>())
                    .add(picture.boxes().get(i));
        }
        Map<Integer, Integer> index = new TreeMap<>();
        List<Drawn.Shape> shapes = new ArrayList<>();
        members.forEach((number, boxes) -> {
            index.put(number, shapes.size());
            shapes.add(shape(boxes));
        });
        return new Drawn(shapes, lines(index, shapes), group.length);
    }

    private static Drawn.Shape shape(List<Picture.Box> boxes) {
        Picture.Box first = boxes.get(0);
        TreeSet<String> names = new TreeSet<>();
        TreeSet<String> hosts = new TreeSet<>();
        TreeSet<String> within = new TreeSet<>();
        TreeSet<String> ports = new TreeSet<>(java.util.Comparator.<String>comparingInt(String::length)
                .thenComparing(java.util.Comparator.naturalOrder()));
        for (Picture.Box box : boxes) {
            names.add(box.name().value());
            hosts.add(box.host().value());
            within.add(box.within().value());
            ports.addAll(box.ports());
        }
        hosts.remove("");
        within.remove("");
        boolean one = boxes.size() == 1;
        String name =
                names.size() == 1 ? first.name().value() : boxes.size() + (first.known() ? " processes" : " addresses");
        List<String> texts = new ArrayList<>();
        if (names.size() > 1) {
            texts.add(some(names));
        }
        if (!hosts.isEmpty()) {
            texts.add(one || hosts.size() == 1 ? hosts.first() : hosts.size() + " hosts: " + some(hosts));
        }
        if (!within.isEmpty() && names.size() == 1) {
            texts.add(within.size() == 1 ? within.first() : some(within));
        }
        String hint = String.join(", ", names)
                + (hosts.isEmpty() ? "" : " on " + String.join(", ", hosts))
                + (within.isEmpty() ? "" : " (" + String.join(", ", within) + ")");
        boolean start = boxes.stream().anyMatch(Picture.Box::start);
        return new Drawn.Shape(name, texts, ports(ports), boxes.size(), first.known(), start, hint);
    }

    private static String ports(Set<String> ports) {
        StringBuilder out = new StringBuilder();
        int shown = 0;
        for (String port : ports) {
            if (shown++ == 2 * SHOWN) {
                return out.append(" +").append(ports.size() - 2 * SHOWN).toString();
            }
            out.append(out.length() == 0 ? ":" : " :").append(port);
        }
        return out.toString();
    }

    /** The first ones, and how many more there are. */
    private static String some(Set<String> texts) {
        List<String> first = texts.stream().limit(SHOWN).toList();
        return String.join(", ", first) + (texts.size() > SHOWN ? " +" + (texts.size() - SHOWN) : "");
    }

    private record Way(int from, int to) {}

    private List<Drawn.Line> lines(Map<Integer, Integer> index, List<Drawn.Shape> shapes) {
        Map<Way, List<Picture.Link>> links = new LinkedHashMap<>();
        for (Picture.Link link : picture.links()) {
            Way way = new Way(index.getOrDefault(group[link.from()], 0), index.getOrDefault(group[link.to()], 0));
            links.computeIfAbsent(way, k -> new ArrayList<>()).add(link);
        }
        List<Drawn.Line> lines = new ArrayList<>();
        links.forEach((way, all) -> lines.add(line(way, all, shapes.get(way.to))));
        return lines;
    }

    /** How most of the connections are known; of equally many the better. */
    private static Proof most(Map<Proof, Long> proofs) {
        Proof most = Proof.BOTH;
        for (Map.Entry<Proof, Long> each : proofs.entrySet()) {
            most = each.getValue() > proofs.getOrDefault(most, 0L) ? each.getKey() : most;
        }
        return most;
    }

    private static Drawn.Line line(Way way, List<Picture.Link> links, Drawn.Shape server) {
        TreeSet<String> ports = new TreeSet<>();
        long connections = 0;
        long failed = 0;
        boolean approximate = false;
        boolean nat = false;
        Map<Proof, Long> proofs = new TreeMap<>();
        for (Picture.Link link : links) {
            if (!link.port().isEmpty()) {
                ports.add(link.port());
            }
            connections += link.connections();
            failed += link.failed();
            approximate |= link.approximate();
            nat |= link.nat();
            proofs.merge(link.proof(), Math.max(1, link.connections()), Long::sum);
        }
        String shown = ports(ports);
        String label = (shown.isEmpty() || shown.equals(server.ports()) ? "" : shown + "  ")
                + (approximate ? "≤" : "")
                + Human.count(connections)
                + (failed > 0 ? "  " + Human.count(failed) + " failed" : "")
                + (nat ? "  nat?" : "");
        return new Drawn.Line(way.from, way.to, label, connections, most(proofs), failed > 0);
    }
}
