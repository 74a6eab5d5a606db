package shawk.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * Which folders {@code shawk install-service} had to make, so that removing takes them away and no others. The unit
 * file tells it, in a line behind the mark. One thread.
 */
final class FolderNote {
    private static final String HEAD = "# Folders made for it: ";

    private final Collection<Path> folders = new TreeSet<>();

    private FolderNote() {}

    /** What the unit that is installed tells; of it only folders that {@code items} lie in. */
    static FolderNote query(ServiceTree tree, List<ServiceItem> items) throws IOException {
        FolderNote note = new FolderNote();
        Path unit = tree.place(ServiceItems.UNIT_PATH);
        if (!Files.isRegularFile(unit, LinkOption.NOFOLLOW_LINKS)) {
            return note;
        }
        List<String> told = ServiceTree.queryText(unit)
                .lines()
                .filter(line -> line.startsWith(HEAD))
                .flatMap(line -> List.of(line.substring(HEAD.length()).split(" ")).stream())
                .toList();
        for (ServiceItem item : items) {
            for (Path each = item.path().getParent(); each != null; each = each.getParent()) {
                if (told.contains(each.toString())) {
                    note.folders.add(each);
                }
            }
        }
        return note;
    }

    void add(Path folder) {
        folders.add(folder);
    }

    /** The folders, innermost first. */
    List<Path> innermostFirst() {
        List<Path> all = new ArrayList<>(folders);
        all.sort((a, b) -> b.getNameCount() - a.getNameCount());
        return all;
    }

    /** The items, the unit with what is to be told. */
    List<ServiceItem> noted(List<ServiceItem> items) {
        if (folders.isEmpty()) {
            return items;
        }
        List<ServiceItem> noted = new ArrayList<>(items);
        String line =
                HEAD + String.join(" ", folders.stream().map(Path::toString).toList()) + "\n";
        noted.replaceAll(item -> item instanceof ServiceItem.Text text
                        && text.path().equals(ServiceItems.UNIT_PATH)
                ? new ServiceItem.Text(
                        text.path(), text.mark(), text.text().replace(text.mark() + "\n", text.mark() + "\n" + line))
                : item);
        return noted;
    }
}
