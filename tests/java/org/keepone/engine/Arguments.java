// SPDX-License-Identifier: Apache-2.0
package org.keepone.engine;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Calls every native with good, bad, null and hostile arguments, past the checks of {@link Engine}. */
final class Arguments {
    private static final String[] HOSTILE = {"", "{", "null", "[]", "17", "\"x\"", "{}", "{\"ask\":\"\\u0000\"}",
            "{\"want\":[\"everything\"]}", "{\"want\":[\"audit\"],\"profile\":\"../../etc/passwd\"}",
            "{\"want\":[\"audit\"],\"today\":\"2026-02-30\"}", "{\"language\":\"tlh\"}", "{\"colour\":1}"};

    private static final byte[] PLAN = bytes("{\"plan\":{\"run-time\":{\"steps\":[],\"leaves\":[]}},"
            + "\"now\":\"2026-11-02T00:00:00Z\"}");

    private static final String FACTS = "\"facts\":{\"name\":\"com.maker.store\",\"path\":\"/product/app/Store\","
            + "\"file\":\"/product/app/Store/Store.apk\",\"permissions\":[\"android.permission.CAMERA\"]}";

    private static final byte[] ALL = bytes("{\"now\":\"2026-11-02T00:00:00Z\"}");

    private Arguments() {
    }

    static void run(Path out) throws Exception {
        PackageReader reader = Harness.empty();
        Harness.write(out, "probes", Native::probes);
        Harness.write(out, "judge-null-reader", () -> Native.judge(null, bytes("{\"want\":[\"audit\"]}")));
        Harness.write(out, "judge-null-options", () -> Native.judge(reader, null));
        Harness.write(out, "judge-null-both", () -> Native.judge(null, null));
        Harness.write(out, "judge-good", () -> Native.judge(reader,
                bytes("{\"want\":[\"audit\",\"plan\",\"classify\",\"snapshot\"],\"manifests\":false}")));
        Harness.write(out, "judge-large", () -> Native.judge(reader, new byte[(64 << 20) + 1]));
        Harness.write(out, "judge-not-utf8", () -> Native.judge(reader, new byte[] {(byte) 0xff, (byte) 0xfe}));
        Harness.write(out, "judge-nested", () -> Native.judge(reader, bytes("[".repeat(1_000_000))));
        Harness.write(out, "explain-null-request", () -> Native.explain(null));
        Harness.write(out, "explain-all-en", () -> Native.explain(bytes("{\"language\":\"en\"}")));
        Harness.write(out, "explain-all-zh", () -> Native.explain(bytes("{\"language\":\"zh-CN\"}")));
        Harness.write(out, "explain-one", () -> Native.explain(
                bytes("{\"language\":\"en\",\"words\":[\"outside-allowed-groups\",\"no-such-word\"],"
                        + "\"unread\":[{\"why\":\"needs-permission\",\"detail\":\"x\"},{\"why\":\"gone\"}]}")));
        PackageEnforcer enforcer = new FakeEnforcer(new java.util.TreeMap<>(), "", "", 0);
        String journal = out.resolve("journal").toAbsolutePath().toString();
        String store = out.resolve("choices.json").toAbsolutePath().toString();
        String record = out.resolve("record").toAbsolutePath().toString();
        byte[] none = bytes("{}");
        Harness.write(out, "enforce-null-enforcer", () -> Native.enforce(null, none, journal));
        Harness.write(out, "enforce-null-plan", () -> Native.enforce(enforcer, null, journal));
        Harness.write(out, "enforce-null-journal", () -> Native.enforce(enforcer, none, null));
        Harness.write(out, "enforce-relative-journal", () -> Native.enforce(enforcer, none, "journal"));
        Harness.write(out, "undo-null-enforcer", () -> Native.undo(null, none, journal));
        Harness.write(out, "undo-null-request", () -> Native.undo(enforcer, null, journal));
        Harness.write(out, "undo-null-journal", () -> Native.undo(enforcer, none, null));
        Harness.write(out, "journal-null-request", () -> Native.journal(null, journal));
        Harness.write(out, "journal-null-journal", () -> Native.journal(none, null));
        Harness.write(out, "control-null-enforcer", () -> Native.control(null, none, journal));
        Harness.write(out, "control-null-request", () -> Native.control(enforcer, null, journal));
        Harness.write(out, "control-null-journal", () -> Native.control(enforcer, none, null));
        Harness.write(out, "choices-null-request", () -> Native.choices(null, store));
        Harness.write(out, "choices-null-path", () -> Native.choices(none, null));
        Harness.write(out, "records-null-request", () -> Native.records(null, record));
        Harness.write(out, "records-null-path", () -> Native.records(none, null));
        Harness.write(out, "records-list", () -> Native.records(bytes("{\"ask\":\"list\"}"), record));
        Harness.write(out, "records-verify", () -> Native.records(bytes("{\"ask\":\"verify\"}"), record));
        Harness.write(out, "control-sheet", () -> Native.control(enforcer, bytes("{\"ask\":\"sheet\",\"user\":0,"
                + FACTS + "}"), journal));
        Harness.write(out, "control-set", () -> Native.control(enforcer, bytes("{\"ask\":\"set\",\"user\":0," + FACTS
                + ",\"area\":\"auto-start\",\"switch\":\"background-run\",\"to\":\"off\",\"consent\":true,"
                + "\"now\":\"2026-11-02T00:00:00Z\"}"), journal));
        Harness.write(out, "choices-list", () -> Native.choices(bytes("{\"ask\":\"list\"}"), store));
        Harness.write(out, "choices-set", () -> Native.choices(bytes("{\"ask\":\"set\",\"package\":\"a.b\","
                + "\"area\":\"auto-start\",\"switch\":\"self-start\",\"wanted\":\"off\","
                + "\"now\":\"2026-11-02T00:00:00Z\"}"), store));
        Harness.write(out, "choices-export", () -> Native.choices(bytes("{\"ask\":\"export\"}"), store));
        Harness.write(out, "choices-import-hostile",
                () -> Native.choices(bytes("{\"ask\":\"import\",\"toml\":\"\\u0000[[[\"}"), store));
        Harness.write(out, "journal-absent", () -> Native.journal(bytes("{\"ask\":\"list\"}"), journal));
        String[] paths = {"", "/", "/no/such/folder/journal", "/dev/full", "/dev/null/journal", "/\ud800\u0000x",
                "/" + "p".repeat(100_000)};
        for (int index = 0; index < paths.length; index++) {
            String path = paths[index];
            Harness.write(out, "path-enforce-" + index, () -> Native.enforce(enforcer, PLAN, path));
            Harness.write(out, "path-undo-" + index, () -> Native.undo(enforcer, ALL, path));
            Harness.write(out, "path-records-" + index, () -> Native.records(bytes("{\"ask\":\"verify\"}"), path));
            Harness.write(out, "path-choices-" + index, () -> Native.choices(bytes("{\"ask\":\"export\"}"), path));
        }
        for (int index = 0; index < HOSTILE.length; index++) {
            byte[] hostile = bytes(HOSTILE[index]);
            Harness.write(out, "enforce-hostile-" + index, () -> Native.enforce(enforcer, hostile, journal));
            Harness.write(out, "undo-hostile-" + index, () -> Native.undo(enforcer, hostile, journal));
            Harness.write(out, "control-hostile-" + index, () -> Native.control(enforcer, hostile, journal));
            Harness.write(out, "records-hostile-" + index, () -> Native.records(hostile, record));
            Harness.write(out, "choices-hostile-" + index, () -> Native.choices(hostile, store));
            Harness.write(out, "journal-bytes-" + index, () -> Native.journal(hostile, journal));
            Harness.write(out, "judge-hostile-" + index, () -> Native.judge(reader, hostile));
            Harness.write(out, "explain-hostile-" + index, () -> Native.explain(hostile));
        }
        Harness.write(out, "engine-null-reader", () -> new Engine().judge(null, new byte[0]));
        Harness.write(out, "engine-null-options", () -> new Engine().judge(reader, null));
        Harness.write(out, "engine-relative-journal",
                () -> new Engine().journal(new byte[0], new java.io.File("journal")));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
