// SPDX-License-Identifier: Apache-2.0
package org.keepone.harness;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What somebody may do to the record's file behind the app's back, always at its third line. */
public enum Tampering {
    /** One byte of a line is another. */
    BYTE_CHANGED("changed", "it was changed after it was written", "该条目写入后被改动") {
        @Override
        void on(List<String> lines) {
            lines.set(AT, lines.get(AT).replaceFirst("android:camera", "android:camerb"));
        }
    },

    /** A line is gone. */
    LINE_DROPPED("dropped", "entries before it are missing", "其前面的条目缺失") {
        @Override
        void on(List<String> lines) {
            lines.remove(AT);
        }
    },

    /** Two lines have changed places. */
    LINES_SWAPPED("dropped", "entries before it are missing", "其前面的条目缺失") {
        @Override
        void on(List<String> lines) {
            Collections.swap(lines, AT, AT + 1);
        }
    };

    /** Where the first line lies that does not hold, counted as the core counts. */
    public static final int LINE = 3;

    private static final int AT = LINE - 1;
    private static final String SEGMENT = "segment-00000001.ndjson";

    private final String how;
    private final String english;
    private final String chinese;

    Tampering(String how, String english, String chinese) {
        this.how = how;
        this.english = english;
        this.chinese = chinese;
    }

    /** The core's word for what it finds. */
    public String how() {
        return how;
    }

    /** What a person reads about it. */
    public String english() {
        return SEGMENT + ", line " + LINE + ": " + english;
    }

    /** The same in Chinese. */
    public String chinese() {
        return SEGMENT + "，第 " + LINE + " 行：" + chinese;
    }

    abstract void on(List<String> lines);

    /**
     * Does it.
     *
     * @param record the record's folder
     * @throws IOException when the file cannot be changed
     */
    public void with(File record) throws IOException {
        Path file = new File(record, SEGMENT).toPath();
        List<String> before = Files.readAllLines(file);
        List<String> lines = new ArrayList<>(before);
        on(lines);
        if (lines.equals(before)) {
            throw new IllegalStateException("nothing was changed in " + before);
        }
        Files.write(file, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
