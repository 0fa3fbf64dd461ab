// SPDX-License-Identifier: Apache-2.0
package org.keepone.engine;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A phone that is a map from cells to values; one of its calls may go wrong, from the first time or later. */
final class FakeEnforcer implements PackageEnforcer {
    /** What stands in the cells that were read or written, by their JSON. */
    final TreeMap<String, String> cells;

    private final String method;
    private final String what;
    private final int after;
    private int calls;

    FakeEnforcer(TreeMap<String, String> cells, String method, String what, int after) {
        this.cells = cells;
        this.method = method;
        this.what = what;
        this.after = after;
    }

    /** What goes wrong in this call of {@code name}; the empty text: nothing. */
    private String fault(String name) {
        return method.equals(name) && calls++ >= after ? what : "";
    }

    @Override
    public byte[] may() throws Exception {
        String fault = fault("may");
        FakeReader.thrown(fault);
        return FakeReader.changed(fault, bytes("{\"way\":\"platform-signed\",\"sdk\":34,\"permissions\":["
                + "\"android.permission.DELETE_PACKAGES\",\"android.permission.INSTALL_PACKAGES\"],"
                + "\"users\":[{\"id\":0,\"kind\":\"main\"}],\"uid\":1000}"));
    }

    @Override
    public byte[] read(byte[] asked) throws Exception {
        String fault = fault("read");
        FakeReader.thrown(fault);
        List<String> readings = new ArrayList<>();
        for (String cell : objects(new String(asked, StandardCharsets.UTF_8))) {
            readings.add("{\"value\":" + cells.getOrDefault(cell, initial(cell)) + "}");
        }
        if (fault.equals("fewer")) {
            readings.remove(readings.size() - 1);
        } else if (fault.equals("more")) {
            readings.add("{\"value\":true}");
        } else if (fault.equals("wrong-values")) {
            readings.replaceAll(reading -> "{\"value\":{\"colour\":1}}");
        }
        return FakeReader.changed(fault, bytes("[" + String.join(",", readings) + "]"));
    }

    @Override
    public byte[] write(byte[] change) throws Exception {
        String fault = fault("write");
        if (!fault.equals("lies")) {
            FakeReader.thrown(fault);
        }
        String text = new String(change, StandardCharsets.UTF_8);
        int value = text.indexOf(",\"value\":");
        String cell = text.substring("{\"cell\":".length(), value);
        if (!fault.equals("lies")) {
            cells.put(cell, text.substring(value + ",\"value\":".length(), text.length() - 1));
        }
        if (fault.equals("done-and-thrown")) {
            throw new IllegalStateException("the platform died after it was done");
        }
        return FakeReader.changed(fault, bytes("{\"done\":true}"));
    }

    /** What stands in a cell that nobody wrote. */
    static String initial(String cell) {
        if (cell.contains("\"cell\":\"installed\"")) {
            return "true";
        }
        if (cell.contains("\"cell\":\"role-holder\"")) {
            return "[\"com.maker.browser\"]";
        }
        if (cell.contains("-enabled\"")) {
            return "\"default\"";
        }
        if (cell.contains("\"cell\":\"holdings\"")) {
            return "[]";
        }
        return cell.contains("\"cell\":\"storage\"") || cell.contains("bucket\"") ? "10" : "false";
    }

    /** Says of each cell that was touched whether it stands as in the beginning. */
    String differences() {
        StringBuilder differences = new StringBuilder();
        for (Map.Entry<String, String> cell : cells.entrySet()) {
            if (!cell.getValue().equals(initial(cell.getKey()))) {
                differences.append(cell.getKey()).append(" = ").append(cell.getValue()).append('\n');
            }
        }
        return differences.toString();
    }

    /** Splits a JSON array of flat objects. */
    private static List<String> objects(String array) {
        List<String> objects = new ArrayList<>();
        int from = array.indexOf('{');
        while (from >= 0) {
            int to = array.indexOf('}', from) + 1;
            objects.add(array.substring(from, to));
            from = array.indexOf('{', to);
        }
        return objects;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
