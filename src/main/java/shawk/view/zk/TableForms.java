package shawk.view.zk;

import java.util.ArrayList;
import java.util.List;
import shawk.text.CsvWriter;
import shawk.text.Human;
import shawk.text.JsonWriter;
import shawk.text.TextTable;
import shawk.zk.tally.Amounts;
import shawk.zk.tally.TallyRow;

/** A table of counts or latencies as text, JSON or CSV. Used by one thread. */
final class TableForms {
    private static final List<String> LATENCIES = List.of("avg", "p95", "p99", "count", "min", "p50", "max", "errors");

    private final TableSpec spec;
    private final StringBuilder out;
    private final String group;

    TableForms(TableSpec spec, StringBuilder out) {
        this.spec = spec;
        this.out = out;
        this.group = spec.grouping().by().id();
    }

    void write(List<TallyRow> rows) {
        switch (spec.format()) {
            case TEXT -> {
                if (spec.order() == null) {
                    counts(rows);
                } else {
                    latencies(rows);
                }
            }
            case JSON, NDJSON -> json(rows, spec.format() == Output.Format.JSON);
            case CSV -> csv(rows);
        }
    }

    /** As ZKTraffic has it: what it is, and how many. */
    private void counts(List<TallyRow> rows) {
        for (TallyRow row : rows) {
            out.append(row.key().value())
                    .append(' ')
                    .append(row.total().messages())
                    .append('\n');
        }
    }

    private void latencies(List<TallyRow> rows) {
        List<TextTable.Column> columns = new ArrayList<>();
        columns.add(new TextTable.Column(group, false, 0));
        for (String title : LATENCIES) {
            columns.add(new TextTable.Column(title, true, 0));
        }
        TextTable table = new TextTable(columns);
        table.measureHeads();
        for (TallyRow row : rows) {
            cells(table, row);
            table.measureRow();
        }
        table.appendHeads(out);
        rule();
        for (TallyRow row : rows) {
            cells(table, row);
            table.appendRow(out);
        }
    }

    /** A line of dashes below each head, as wide as the heads reach. */
    private void rule() {
        int start = out.lastIndexOf("\n", out.length() - 2) + 1;
        out.append("-".repeat(out.length() - 1 - start)).append('\n');
    }

    private void cells(TextTable table, TallyRow row) {
        Amounts amounts = row.total();
        table.cell().append(row.key().value());
        table.endCell();
        time(table, amounts.meanMicros());
        time(table, amounts.p95Micros());
        time(table, amounts.p99Micros());
        number(table, amounts.latencies());
        time(table, (double) amounts.leastMicros());
        time(table, amounts.p50Micros());
        time(table, (double) amounts.greatestMicros());
        number(table, amounts.errors());
    }

    private void time(TextTable table, double micros) {
        if (spec.seconds()) {
            table.cell().append(seconds(micros));
        } else {
            Human.appendSpan(table.cell(), Math.round(micros));
        }
        table.endCell();
    }

    private static void number(TextTable table, long number) {
        table.cell().append(number);
        table.endCell();
    }

    private static String seconds(double micros) {
        long whole = Math.round(micros);
        return whole / 1_000_000 + "."
                + String.valueOf(1_000_000 + whole % 1_000_000).substring(1);
    }

    private void json(List<TallyRow> rows, boolean array) {
        JsonWriter json = new JsonWriter(out);
        if (array) {
            json.beginArray();
        }
        for (TallyRow row : rows) {
            if (array) {
                json.lineBreak();
            }
            json.beginObject().name(group).value(row.key());
            Amounts amounts = row.total();
            if (spec.order() == null) {
                json.name("count").value(amounts.messages());
            } else {
                json.name("avg").value(Math.rint(amounts.meanMicros()));
                json.name("p95").value(amounts.p95Micros());
                json.name("p99").value(amounts.p99Micros());
                json.name("count").value(amounts.latencies());
                json.name("min").value(amounts.leastMicros());
                json.name("p50").value(amounts.p50Micros());
                json.name("max").value(amounts.greatestMicros());
                json.name("errors").value(amounts.errors());
            }
            json.endObject();
            if (!array) {
                json.endLine();
            }
        }
        if (array) {
            out.append(rows.isEmpty() ? "" : "\n");
            json.endArray().endLine();
        }
    }

    private void csv(List<TallyRow> rows) {
        CsvWriter csv = new CsvWriter(out);
        csv.text(group);
        if (spec.order() == null) {
            csv.text("count");
        } else {
            LATENCIES.forEach(csv::text);
        }
        csv.endRow();
        for (TallyRow row : rows) {
            Amounts amounts = row.total();
            csv.text(row.key());
            if (spec.order() == null) {
                csv.number(amounts.messages());
            } else {
                csv.number(Math.rint(amounts.meanMicros()))
                        .number(amounts.p95Micros())
                        .number(amounts.p99Micros());
                csv.number(amounts.latencies()).number(amounts.leastMicros()).number(amounts.p50Micros());
                csv.number(amounts.greatestMicros()).number(amounts.errors());
            }
            csv.endRow();
        }
    }
}
