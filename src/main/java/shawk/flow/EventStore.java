package shawk.flow;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;
import shawk.model.Direction;
import shawk.model.EventRecord;
import shawk.model.OwnerProof;
import shawk.model.ProcessInfo;
import shawk.model.SafeText;

/**
 * Single events, each with what was found out beyond its record, so that it can be shown when sockets and processes are
 * long gone. Entries are only ever added: whoever knows how many there were may read those from any thread, once they
 * were handed over to it.
 */
final class EventStore {
    private final ByteBuffer records;
    private final Direction[] directions;
    private final OwnerProof[] proofs;
    private final int[] ports;
    private final @Nullable ProcessInfo[] owners;
    private final SafeText[] services;
    private final SafeText[] users;
    private final SafeText[] interfaces;
    private final SafeText[] countries;
    private final SafeText[] systems;
    private int size;

    EventStore(int capacity) {
        records = ByteBuffer.allocate(capacity * EventRecord.SIZE).order(ByteOrder.nativeOrder());
        directions = new Direction[capacity];
        proofs = new OwnerProof[capacity];
        ports = new int[capacity];
        owners = new ProcessInfo[capacity];
        services = new SafeText[capacity];
        users = new SafeText[capacity];
        interfaces = new SafeText[capacity];
        countries = new SafeText[capacity];
        systems = new SafeText[capacity];
    }

    int capacity() {
        return ports.length;
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    /** Adds record {@code position} of {@code from} and who it is of; returns its place here. */
    int add(ByteBuffer from, int position, Attribution attribution, @Nullable ProcessInfo owner) {
        records.put(size * EventRecord.SIZE, from, position * EventRecord.SIZE, EventRecord.SIZE);
        directions[size] = attribution.direction;
        proofs[size] = attribution.proof;
        ports[size] = attribution.port;
        owners[size] = owner;
        services[size] = SafeText.EMPTY;
        users[size] = SafeText.EMPTY;
        interfaces[size] = SafeText.EMPTY;
        countries[size] = SafeText.EMPTY;
        systems[size] = SafeText.EMPTY;
        return size++;
    }

    void setNames(int at, SafeText service, SafeText user, SafeText device) {
        services[at] = service;
        users[at] = user;
        interfaces[at] = device;
    }

    void setPlace(int at, SafeText country, SafeText system) {
        countries[at] = country;
        systems[at] = system;
    }

    /** Adds what stands in {@code other} at {@code at}. */
    void copy(EventStore other, int at) {
        records.put(size * EventRecord.SIZE, other.records, at * EventRecord.SIZE, EventRecord.SIZE);
        directions[size] = other.directions[at];
        proofs[size] = other.proofs[at];
        ports[size] = other.ports[at];
        owners[size] = other.owners[at];
        setNames(size, other.services[at], other.users[at], other.interfaces[at]);
        setPlace(size, other.countries[at], other.systems[at]);
        size++;
    }

    /** A flyweight over all records. */
    EventRecord records() {
        return new EventRecord(records);
    }

    Direction direction(int at) {
        return directions[at];
    }

    OwnerProof proof(int at) {
        return proofs[at];
    }

    /** Service port, -1 = unknown. */
    int port(int at) {
        return ports[at];
    }

    @Nullable
    ProcessInfo owner(int at) {
        return owners[at];
    }

    SafeText service(int at) {
        return services[at];
    }

    SafeText user(int at) {
        return users[at];
    }

    /** Name of the interface that the socket was bound to. */
    SafeText device(int at) {
        return interfaces[at];
    }

    SafeText country(int at) {
        return countries[at];
    }

    SafeText system(int at) {
        return systems[at];
    }
}
