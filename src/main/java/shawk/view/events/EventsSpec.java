package shawk.view.events;

import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import shawk.field.EndpointFields;
import shawk.field.Field;
import shawk.model.AddressNames;
import shawk.model.SafeText;
import shawk.model.SocketTable;

/**
 * What of each event is written, and how. Immutable.
 *
 * @param format the form
 * @param fields the fields, in order; null = those of each kind of event, in text a line that needs no heads
 * @param unpaired whether in text each event has a line that says all, whatever stands above it
 * @param names of remote hosts; null = addresses only
 * @param zone whose time of day text has
 */
public record EventsSpec(
        EventsFormat format,
        @Nullable List<Field> fields,
        boolean unpaired,
        @Nullable AddressNames names,
        ZoneId zone) {

    public EventsSpec {
        fields = fields == null ? null : List.copyOf(fields);
    }

    /** Whether the name of the remote host stands beside this field. */
    boolean named(Field field) {
        return names != null && (field.equals(EndpointFields.RADDR) || field.equals(EndpointFields.PEER));
    }

    /** Name of the host at an address; empty where there is none, or it is not known yet. */
    SafeText name(long high, long low) {
        SafeText name = names == null || low == SocketTable.ABSENT ? null : names.find(high, low);
        return name == null ? SafeText.EMPTY : name;
    }
}
