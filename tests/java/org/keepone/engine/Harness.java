// SPDX-License-Identifier: Apache-2.0
package org.keepone.engine;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.List;
import java.util.TreeMap;

/**
 * Runs the engine in this process and writes what it answers to files, which the test that started it reads. Each argument
 * names what to run; every run ends by itself, whatever the engine does.
 */
final class Harness {
    private Harness() {
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Paths.get(arguments[1]);
        switch (arguments[0]) {
            case "faults":
                faults(folder);
                break;
            case "arguments":
                Arguments.run(folder.resolve("out"));
                break;
            case "enforce":
                enforce(folder);
                break;
            case "many":
                many(folder, Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
                break;
            case "missing":
                write(folder.resolve("out"), "missing", () -> new Engine().probes());
                write(folder.resolve("out"), "missing-again", () -> new Engine().probes());
                break;
            default:
                throw new IllegalArgumentException(arguments[0]);
        }
        System.out.println("ended");
    }

    /** Judges the phone of {@code folder} once for each line of {@code faults.txt}. */
    private static void faults(Path folder) throws Exception {
        List<String> lines = Files.readAllLines(folder.resolve("faults.txt"));
        byte[] options = Files.readAllBytes(folder.resolve("options.json"));
        for (String line : lines) {
            String[] parts = line.split("\t", -1);
            FakeReader.Fault fault = new FakeReader.Fault(parts[1], parts[2], parts[3]);
            FakeReader reader = FakeReader.of(folder, fault);
            write(folder.resolve("out"), parts[0], () -> new Engine().judge(reader, options));
        }
    }

    /**
     * Carries a plan out once for each line of {@code faults.txt} while one call goes wrong; then a hand that does not err
     * reads the journal and undoes everything.
     */
    private static void enforce(Path folder) throws Exception {
        Path out = folder.resolve("out");
        byte[] plan = Files.readAllBytes(folder.resolve("enforce.json"));
        byte[] all = "{\"now\":\"2026-11-02T00:00:00Z\"}".getBytes(StandardCharsets.UTF_8);
        byte[] list = "{\"ask\":\"list\"}".getBytes(StandardCharsets.UTF_8);
        for (String line : Files.readAllLines(folder.resolve("faults.txt"))) {
            String[] parts = line.split("\t", -1);
            java.io.File journal = folder.resolve(parts[0] + ".journal").toFile();
            TreeMap<String, String> cells = new TreeMap<>();
            PackageEnforcer broken = new FakeEnforcer(cells, parts[1], parts[2], Integer.parseInt(parts[3]));
            FakeEnforcer sound = new FakeEnforcer(cells, "", "", 0);
            write(out, parts[0], () -> new Engine().enforce(broken, plan, journal));
            write(out, parts[0] + "-journal", () -> new Engine().journal(list, journal));
            Files.writeString(out.resolve(parts[0] + "-after"), sound.differences());
            write(out, parts[0] + "-undo", () -> new Engine().undo(sound, all, journal));
            Files.writeString(out.resolve(parts[0] + "-undone"), sound.differences());
        }
    }

    /** Judges a phone of {@code count} packages {@code rounds} times and tells the memory after each. */
    private static void many(Path folder, int count, int rounds) throws Exception {
        String template = Files.readString(folder.resolve("template.json"));
        byte[] device = Files.readAllBytes(folder.resolve("device.json"));
        byte[] options = Files.readAllBytes(folder.resolve("options.json"));
        String[] names = new String[count];
        for (int index = 0; index < count; index++) {
            names[index] = "org.example.app" + index;
        }
        for (int round = 0; round < rounds; round++) {
            byte[] answer = new Engine().judge(new Template(template, device, names), options);
            String text = new String(answer, StandardCharsets.UTF_8);
            if (round == 0) {
                Files.writeString(folder.resolve("out").resolve("many.json"), text);
            }
            System.out.println("memory\t" + heap() + "\t" + resident());
        }
    }

    /** Bytes in use on Java's heap after a collection. */
    private static long heap() throws Exception {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int again = 0; again < 3; again++) {
            System.gc();
            Thread.sleep(20);
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }

    /** Bytes of memory that the process holds outside of Java's heap, as far as the system tells. */
    private static long resident() throws Exception {
        for (String line : Files.readAllLines(Paths.get("/proc/self/status"))) {
            if (line.startsWith("RssAnon:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
            }
        }
        return -1;
    }

    /** Many packages of one form. */
    private static final class Template implements PackageReader {
        private final String template;
        private final byte[] device;
        private final String[] names;

        Template(String template, byte[] device, String[] names) {
            this.template = template;
            this.device = device;
            this.names = names;
        }

        @Override
        public int count() {
            return names.length;
        }

        @Override
        public String[] names() {
            return names;
        }

        @Override
        public byte[] device() {
            return device;
        }

        @Override
        public byte[] read(String name) {
            if (name.endsWith("77")) {
                throw new SecurityException("every hundredth is hidden");
            }
            return template.replace("NAME", name).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public void progress(int done, int of) {
        }
    }

    /** One call of the engine. */
    interface Call {
        byte[] call() throws Exception;
    }

    /** Writes the answer of a call, or what it threw, to a file named after it. */
    static void write(Path out, String name, Call call) throws Exception {
        Files.createDirectories(out);
        try {
            byte[] answer = call.call();
            if (answer == null) {
                Files.writeString(out.resolve(name + ".thrown"), "no answer and no exception");
            } else {
                Files.write(out.resolve(name + ".json"), answer);
            }
        } catch (EngineException exception) {
            Files.writeString(out.resolve(name + ".thrown"), exception.code() + '\n'
                    + exception.message(java.util.Locale.ENGLISH) + '\n'
                    + exception.message(java.util.Locale.SIMPLIFIED_CHINESE));
        } catch (Throwable thrown) {
            Files.writeString(out.resolve(name + ".thrown"), "not an EngineException\n" + thrown);
        }
    }

    /** A phone without packages. */
    static FakeReader empty() {
        return new FakeReader(new TreeMap<>(), "{}".getBytes(StandardCharsets.UTF_8), null);
    }
}
