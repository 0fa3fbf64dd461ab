// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.read;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

import org.keepone.annotation.NonNull;

/**
 * System properties of the kinds that the engine asks for, as {@code /system/bin/getprop} lists them to this app. The
 * program is public, the class {@code SystemProperties} is not; and only it lists what a beginning matches.
 */
final class Properties {
    private static final String PROGRAM = "/system/bin/getprop";

    /** A phone has some 1,500 lines; a value has at most 92 bytes, but for read-only ones since Android 8. */
    private static final int MOST_LINES = 20_000;

    private Properties() {
    }

    /**
     * Lists properties.
     *
     * @param beginnings what their names begin with
     * @return their values by name
     * @throws IOException when the program could not be run
     */
    @NonNull
    static Map<String, String> list(@NonNull Collection<String> beginnings) throws IOException {
        Process process = new ProcessBuilder(PROGRAM).redirectErrorStream(true).start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            process.getOutputStream().close();
            return parse(lines, beginnings);
        } finally {
            process.destroy();
        }
    }

    /** Takes lines of the form {@code [name]: [value]}; the rest of a value with line breaks is passed over. */
    @NonNull
    static Map<String, String> parse(@NonNull BufferedReader lines, @NonNull Collection<String> beginnings)
            throws IOException {
        Map<String, String> properties = new TreeMap<>();
        String line = lines.readLine();
        for (int read = 0; line != null && read < MOST_LINES; read++) {
            int middle = line.indexOf("]: [");
            if (line.startsWith("[") && line.endsWith("]") && middle > 0 && middle + 4 <= line.length() - 1) {
                String name = line.substring(1, middle);
                String value = line.substring(middle + 4, line.length() - 1);
                if (!value.isEmpty() && beginnings.stream().anyMatch(name::startsWith)) {
                    properties.put(name, value);
                }
            }
            line = lines.readLine();
        }
        return properties;
    }
}
