package shawk.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import shawk.model.SafeText;
import shawk.store.pg.SqlPrompt;
import shawk.text.CsvWriter;
import shawk.text.Human;
import shawk.text.JsonWriter;
import shawk.text.TextTable;
import shawk.view.Drain;
import shawk.view.dump.Format;

/** Rows of a statement as a table, JSON or CSV. Used once, by one thread. */
final class ShellRows implements SqlPrompt.Rows {
    /** Rows of a table, whose widths are those of all of them; the other forms have no bound. */
    static final int TABLE_MAX = 100_000;

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}");
    private static final Pattern FIGURE = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");

    private final Format format;
    private final Drain drain;
    private final JsonWriter json;
    private final CsvWriter csv;
    private List<SafeText> names = List.of();
    private final List<List<@Nullable SafeText>> kept = new ArrayList<>();
    private boolean leftOut;
    private @Nullable IOException failure;

    ShellRows(Format format, OutputStream out) {
        this.format = format;
        this.drain = new Drain(out);
        this.json = new JsonWriter(drain.text());
        this.csv = new CsvWriter(drain.text());
    }

    @Override
    public void columns(List<SafeText> columns) {
        names = unique(columns);
        if (format == Format.JSON) {
            json.beginArray();
        } else if (format == Format.CSV) {
            names.forEach(csv::text);
            csv.endRow();
        }
    }

    /** An object has each name once. */
    private List<SafeText> unique(List<SafeText> columns) {
        List<SafeText> all = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (SafeText each : columns) {
            String name = each.value();
            for (int number = 2; format == Format.JSON && !taken.add(name); number++) {
                name = each.value() + "_" + number;
            }
            all.add(SafeText.of(name));
        }
        return all;
    }

    @Override
    public boolean row(List<@Nullable SafeText> values) {
        try {
            if (format == Format.JSON) {
                object(values);
            } else if (format == Format.CSV) {
                values.forEach(this::cell);
                csv.endRow();
            } else if (kept.size() == TABLE_MAX) {
                leftOut = true;
            } else {
                kept.add(values);
            }
            drain.spill();
        } catch (IOException e) {
            failure = e;
        }
        return failure == null && !leftOut;
    }

    private void object(List<@Nullable SafeText> values) {
        json.lineBreak().beginObject();
        for (int i = 0; i < names.size(); i++) {
            SafeText value = values.get(i);
            json.name(names.get(i).value());
            if (value == null) {
                json.nullValue();
            } else {
                json.value(value);
            }
        }
        json.endObject();
    }

    private void cell(@Nullable SafeText value) {
        if (value == null) {
            csv.none();
        } else if (NUMBER.matcher(value.value()).matches()) {
            csv.number(Long.parseLong(value.value()));
        } else {
            csv.text(value);
        }
    }

    /** There are no more rows. */
    void end() throws IOException {
        if (failure != null) {
            throw failure;
        }
        if (format == Format.JSON) {
            json.endArray().endLine();
        } else if (format != Format.CSV) {
            table();
        }
        drain.flush();
    }

    private void table() throws IOException {
        List<TextTable.Column> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            columns.add(new TextTable.Column(names.get(i).value(), isFigures(i), 0));
        }
        TextTable table = new TextTable(columns);
        table.measureHeads();
        for (List<@Nullable SafeText> row : kept) {
            cells(table, row);
            table.measureRow();
        }
        table.appendHeads(drain.text());
        for (List<@Nullable SafeText> row : kept) {
            cells(table, row);
            table.appendRow(drain.text());
            drain.spill();
        }
        String more = leftOut ? ", and more: a table ends there; type format csv" : "";
        drain.text().append('(').append(kept.size()).append(kept.size() == 1 ? " row" : " rows");
        drain.text().append(more).append(")\n");
    }

    private boolean isFigures(int column) {
        boolean some = false;
        for (List<@Nullable SafeText> row : kept) {
            SafeText value = row.get(column);
            if (value != null && !FIGURE.matcher(value.value()).matches()) {
                return false;
            }
            some |= value != null;
        }
        return some;
    }

    private static void cells(TextTable table, List<@Nullable SafeText> row) {
        for (SafeText value : row) {
            table.cell().append(value == null ? Human.ABSENT : value.value());
            table.endCell();
        }
    }
}
