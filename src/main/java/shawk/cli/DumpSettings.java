package shawk.cli;

import java.util.ArrayList;
import java.util.List;
import shawk.field.CountFields;
import shawk.field.Field;
import shawk.field.Fields;
import shawk.view.dump.Format;

/**
 * What {@code shawk dump} was asked for.
 *
 * @param view what it shares with the monitor
 * @param count samples; 0 = until interrupted
 * @param format form of the output
 * @param levels whether parents are written too
 * @param rates whether a sample is taken before the first that is written
 * @param limit the most rows a sample
 * @param header whether names of columns are written
 * @param color whether a table may hold colours
 */
record DumpSettings(
        ViewSettings view,
        long count,
        Format format,
        boolean levels,
        boolean rates,
        long limit,
        boolean header,
        boolean color) {

    /**
     * The fields where nobody chose any: with {@code --all} the counts of what it adds, and in a table no rates where
     * one sample gives none.
     */
    List<Field> defaultFields() {
        List<Field> fields = new ArrayList<>(SettingsParser.dumpFields(view.groupBy(), view.protocols()));
        if (view.all() && !view.groupBy().isEmpty()) {
            fields.addAll(fields.indexOf(CountFields.ESTAB) + 1, List.of(CountFields.TIME_WAIT, CountFields.LISTENERS));
        }
        if (format == Format.TABLE && count == 1 && !rates) {
            fields.removeIf(Fields::isRate);
        }
        return fields;
    }
}
