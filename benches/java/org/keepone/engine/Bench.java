// SPDX-License-Identifier: Apache-2.0
package org.keepone.engine;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Times the engine and the empty crossing over the same prepared answers, turn by turn, so that a busy machine slows both
 * alike; the time is that of this thread's own work. Prints one line of nanoseconds for each: median of the rounds.
 */
final class Bench implements PackageReader {
    private final String[] names;
    private final Map<String, byte[]> records = new HashMap<>();
    private final byte[] device;

    /** Takes {@code records.bin}: for each package the lengths of name and record, and both. */
    private Bench(Path folder) throws Exception {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(folder.resolve("records.bin")));
        names = new String[bytes.getInt()];
        for (int index = 0; index < names.length; index++) {
            byte[] name = new byte[bytes.getInt()];
            byte[] record = new byte[bytes.getInt()];
            bytes.get(name);
            bytes.get(record);
            names[index] = new String(name, StandardCharsets.UTF_8);
            records.put(names[index], record);
        }
        device = Files.readAllBytes(folder.resolve("device.json"));
    }

    public static void main(String[] arguments) throws Exception {
        Bench reader = new Bench(Paths.get(arguments[0]));
        int rounds = Integer.parseInt(arguments[1]);
        byte[] verdict = "{\"want\":[\"audit\"],\"manifests\":false}".getBytes(StandardCharsets.UTF_8);
        byte[] reading = "{\"want\":[],\"manifests\":false}".getBytes(StandardCharsets.UTF_8);
        Engine engine = new Engine();
        ThreadMXBean cpu = ManagementFactory.getThreadMXBean();
        long[][] times = new long[3][rounds];
        for (int round = -rounds / 4; round < rounds; round++) {
            long start = cpu.getCurrentThreadCpuTime();
            Crossing.cross(reader);
            long crossed = cpu.getCurrentThreadCpuTime();
            engine.judge(reader, reading);
            long judged = cpu.getCurrentThreadCpuTime();
            byte[] answer = engine.judge(reader, verdict);
            long told = cpu.getCurrentThreadCpuTime();
            if (answer.length < reader.names.length) {
                throw new IllegalStateException("no verdict");
            }
            if (round >= 0) {
                times[0][round] = crossed - start;
                times[1][round] = judged - crossed;
                times[2][round] = told - judged;
            }
        }
        for (long[] all : times) {
            Arrays.sort(all);
            System.out.println(all[rounds / 2]);
        }
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
        return records.get(name);
    }

    @Override
    public void progress(int done, int of) {
    }
}
