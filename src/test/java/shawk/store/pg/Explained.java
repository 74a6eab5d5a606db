package shawk.store.pg;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import shawk.look.LookException;

/** Has the server explain every question before it is asked: how long it takes in the server, and by which plan. */
final class Explained implements PgObservations.Access {
    private static final Pattern SEQUENTIAL =
            Pattern.compile("Seq Scan on (?:flow|flow_live|flow_chunk\\w*|flow_hour|flow_day|process|listener)\\b[^\n]*"
                    + "actual rows=([0-9]+)");
    /** An index read from end to end: a line without a condition below it. */
    private static final Pattern WHOLE = Pattern.compile(
            "(?:Index(?: Only)? Scan(?: Backward)? using \\w+|Bitmap Index Scan) on (?:flow|process|listener)\\w*"
                    + "\\b[^\n]*\n(?!\\s*Index Cond)");

    private static final Pattern TIME = Pattern.compile("(?:Planning|Execution) [Tt]ime: ([0-9.]+) ms");

    private final Connection connection;
    private final long few;
    final List<String> sequential = new ArrayList<>();
    final List<String> whole = new ArrayList<>();
    /** What was asked, and by which plan the last time. */
    final Map<String, String> plans = new LinkedHashMap<>();

    final List<String> slow = new ArrayList<>();
    int statements;
    double millis;

    /** @param few a table of which so few rows are read is none that an index would be of use for */
    Explained(Connection connection, long few) {
        this.connection = connection;
        this.few = few;
    }

    void reset() {
        sequential.clear();
        whole.clear();
        slow.clear();
        plans.clear();
        statements = 0;
        millis = 0;
    }

    @Override
    public <T> T read(PgObservations.Question<T> question) throws LookException {
        try {
            connection.setAutoCommit(false);
            connection.rollback();
            return question.ask((Connection) Proxy.newProxyInstance(
                    Explained.class.getClassLoader(), new Class<?>[] {Connection.class}, this::ofConnection));
        } catch (SQLException e) {
            throw new LookException(String.valueOf(e.getMessage()), e);
        }
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private Object ofConnection(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (!method.getName().equals("prepareStatement")) {
            return call(connection, method, arguments);
        }
        String sql = (String) arguments[0];
        PreparedStatement real = connection.prepareStatement(sql);
        PreparedStatement explaining = connection.prepareStatement("explain (analyze, timing off) " + sql);
        return Proxy.newProxyInstance(
                Explained.class.getClassLoader(), new Class<?>[] {PreparedStatement.class}, (self, called, values) -> {
                    if (called.getName().equals("executeQuery")) {
                        explain(explaining, sql);
                    } else if (called.getName().equals("close")) {
                        explaining.close();
                    } else if (called.getName().startsWith("set")
                            && !called.getName().equals("setFetchSize")) {
                        call(explaining, called, values);
                    }
                    return call(real, called, values);
                });
    }

    private void explain(PreparedStatement explaining, String sql) throws SQLException {
        StringBuilder plan = new StringBuilder();
        try (ResultSet lines = explaining.executeQuery()) {
            while (lines.next()) {
                plan.append(lines.getString(1)).append('\n');
            }
        }
        statements++;
        double took = 0;
        Matcher time = TIME.matcher(plan);
        while (time.find()) {
            took += Double.parseDouble(time.group(1));
        }
        millis += took;
        Matcher scan = SEQUENTIAL.matcher(plan);
        while (scan.find()) {
            if (Long.parseLong(scan.group(1)) > few) {
                sequential.add(sql + "\n" + plan);
            }
        }
        if (WHOLE.matcher(plan).find()) {
            whole.add(sql + "\n" + plan);
        }
        plans.put(sql, plan.toString());
        if (took > 10) {
            slow.add(took + " ms: " + sql + "\n" + plan);
        }
    }
}
