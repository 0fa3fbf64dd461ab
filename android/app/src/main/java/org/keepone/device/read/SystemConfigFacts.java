// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.read;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import android.content.Context;
import android.util.JsonWriter;

import org.keepone.annotation.NonNull;
import org.keepone.device.BoundedCalls;
import org.keepone.device.JsonBytes;
import org.keepone.device.Withheld;

/** What the platform tells of its own configuration ({@code com.android.server.SystemConfig}). */
final class SystemConfigFacts {
    /** One statement about one package. */
    static final class Statement {
        private final String packageName;
        private final String says;
        private final String of;

        Statement(@NonNull String packageName, @NonNull String says, String of) {
            this.packageName = packageName;
            this.says = says;
            this.of = of;
        }
    }

    private final List<Statement> statements = new ArrayList<>();

    /** Asks for each list by itself, and notes which was withheld. */
    SystemConfigFacts(@NonNull Context context, @NonNull BoundedCalls calls, @NonNull NotRead notRead) {
        for (SystemConfigCompat.Listing listing : SystemConfigCompat.LISTINGS) {
            try {
                statements.addAll(calls.ask(listing.what(), () -> listing.read(context)));
            } catch (Withheld withheld) {
                notRead.add(listing.what(), withheld);
            }
        }
    }

    /** Writes the field {@code system-config}. */
    void write(@NonNull JsonWriter json) throws IOException {
        json.name("system-config").beginObject();
        json.name("statements").beginArray();
        for (Statement statement : statements) {
            json.beginObject();
            json.name("package").value(statement.packageName);
            json.name("says").value(statement.says);
            JsonBytes.text(json, "of", statement.of);
            json.name("path").value("system-config");
            json.endObject();
        }
        json.endArray();
        json.endObject();
    }
}
