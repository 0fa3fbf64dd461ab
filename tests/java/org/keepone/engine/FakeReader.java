// SPDX-License-Identifier: Apache-2.0
package org.keepone.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;

/** A phone made of files: {@code device.json} and one {@code records/PACKAGE.json} each; one of its answers may be wrong. */
final class FakeReader implements PackageReader {
    /** What is wrong: the method it happens in, the package or {@code *}, and what happens. */
    static final class Fault {
        final String method;
        final String of;
        final String what;

        Fault(String method, String of, String what) {
            this.method = method;
            this.of = of;
            this.what = what;
        }
    }

    private final TreeMap<String, byte[]> records;
    private final byte[] device;
    private final Fault fault;
    int progressed;

    FakeReader(TreeMap<String, byte[]> records, byte[] device, Fault fault) {
        this.records = records;
        this.device = device;
        this.fault = fault;
    }

    static FakeReader of(Path folder, Fault fault) throws IOException {
        TreeMap<String, byte[]> records = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.resolve("records"))) {
            for (Path file : files) {
                records.put(file.getFileName().toString().replaceFirst("\\.json$", ""), Files.readAllBytes(file));
            }
        }
        return new FakeReader(records, Files.readAllBytes(folder.resolve("device.json")), fault);
    }

    private String fault(String method, String of) {
        boolean hit = fault != null && fault.method.equals(method) && (fault.of.equals("*") || fault.of.equals(of));
        return hit ? fault.what : "";
    }

    /** Throws what the fault names. */
    static void thrown(String what) throws Exception {
        switch (what) {
            case "throw:runtime":
                throw new IllegalStateException("broken on purpose");
            case "throw:checked":
                throw new IOException("pulled cable");
            case "throw:security":
                throw new SecurityException("needs android.permission.QUERY_ALL_PACKAGES");
            case "throw:timeout":
                throw new TimeoutException("5 s");
            case "throw:error":
                throw new NoSuchMethodError("getInstallSourceInfo");
            case "throw:memory":
                throw new OutOfMemoryError("on purpose");
            case "throw:stack":
                deep(0);
                return;
            case "throw:hostile":
                throw new HostileException();
            case "throw:long":
                throw new IllegalStateException("x".repeat(10_000_000));
            case "throw:null":
                throw new IllegalStateException((String) null);
            default:
        }
    }

    private static int deep(int depth) {
        return deep(depth + 1) + 1;
    }

    /** Its message cannot be had, and its text would act on a terminal. */
    static final class HostileException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("no message for you \u001b[2J");
        }
    }

    @Override
    public int count() throws Exception {
        String what = fault("count", "");
        thrown(what);
        switch (what) {
            case "negative":
                return -1;
            case "huge":
                return Integer.MAX_VALUE;
            case "more":
                return records.size() + 3;
            case "fewer":
                return records.size() - 1;
            default:
                return records.size();
        }
    }

    @Override
    public String[] names() throws Exception {
        String what = fault("names", "");
        thrown(what);
        String[] names = records.keySet().toArray(new String[0]);
        switch (what) {
            case "null":
                return null;
            case "empty":
                return new String[0];
            case "fewer":
                return new String[] {names[0]};
            case "with-null":
                return with(names, (String) null);
            case "twice":
                return with(names, names[0]);
            case "hostile":
                return with(names, "../../etc/passwd", "a b; rm -rf /", "\ud800", "x\u202egpj.", "\u0000", "",
                        "n".repeat(100_000));
            default:
                return names;
        }
    }

    private static String[] with(String[] names, String... more) {
        String[] all = java.util.Arrays.copyOf(names, names.length + more.length);
        System.arraycopy(more, 0, all, names.length, more.length);
        return all;
    }

    @Override
    public byte[] device() throws Exception {
        String what = fault("device", "");
        thrown(what);
        return changed(what, device);
    }

    @Override
    public byte[] read(String name) throws Exception {
        String what = fault("read", name);
        thrown(what);
        if (what.equals("other")) {
            return records.firstEntry().getValue();
        }
        return changed(what, records.get(name));
    }

    /** Returns an answer as the fault changes it. */
    static byte[] changed(String what, byte[] answer) {
        switch (what) {
            case "null":
                return null;
            case "nothing":
                return new byte[0];
            case "garbage":
                return new byte[] {(byte) 0xff, 0, (byte) 0xc0, '{', '['};
            case "half":
                return java.util.Arrays.copyOf(answer, answer.length / 2);
            case "array":
                return "[]".getBytes(StandardCharsets.UTF_8);
            case "number":
                return "17".getBytes(StandardCharsets.UTF_8);
            case "deep":
                return "[".repeat(100_000).getBytes(StandardCharsets.UTF_8);
            case "wrong-types":
                return text(answer).replace("\"package\":{", "\"package\":[{").getBytes(StandardCharsets.UTF_8);
            case "too-large":
                return new byte[(64 << 20) + 1];
            case "long-label":
                return label(answer, "L".repeat(10_000_000));
            case "turned-label":
                return label(answer, "\u202egnp.ecalc\u202c\u0007\u001b[31m");
            case "blank-label":
                return label(answer, "");
            case "bad-path":
                return text(answer).replace("\"path\":\"/", "\"path\":\"/../../").getBytes(StandardCharsets.UTF_8);
            case "unknown-field":
                return text(answer).replaceFirst("\\{", "{\"colour\":1,").getBytes(StandardCharsets.UTF_8);
            case "bad-users":
                return text(answer).replace("\"users\":[", "\"users\":[7,").getBytes(StandardCharsets.UTF_8);
            default:
                return answer;
        }
    }

    private static byte[] label(byte[] answer, String label) {
        String escaped = label.replace("\u0007", "\\u0007").replace("\u001b", "\\u001b");
        return text(answer).replace("\"LABEL\"", '"' + escaped + '"').getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public void progress(int done, int of) throws Exception {
        progressed = Math.max(progressed, done);
        thrown(fault("progress", ""));
    }
}
