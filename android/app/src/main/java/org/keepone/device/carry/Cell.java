// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.carry;

import org.json.JSONException;
import org.json.JSONObject;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;
import org.keepone.device.Because;
import org.keepone.device.Withheld;

/** One thing that can be read or changed, as the engine names it ({@code src/enforce/cell.rs}). */
final class Cell {
    private final JSONObject written;
    private final String kind;
    private final String packageName;
    private final int user;

    private Cell(@NonNull JSONObject written, @NonNull String kind, @Nullable String packageName, int user) {
        this.written = written;
        this.kind = kind;
        this.packageName = packageName;
        this.user = user;
    }

    /**
     * Reads a cell.
     *
     * @throws Withheld when it is of no known form
     */
    @NonNull
    static Cell of(@Nullable JSONObject written) throws Withheld {
        try {
            if (written == null) {
                throw new JSONException("no object");
            }
            String packageName = written.isNull("package") ? null : written.getString("package");
            return new Cell(written, written.getString("cell"), packageName, written.getInt("user"));
        } catch (JSONException malformed) {
            throw new Withheld(Because.FAILED, "no cell: " + malformed.getMessage());
        }
    }

    /** Makes a cell of a package, with one more field where {@code field} is given. */
    @NonNull
    static Cell made(@NonNull String kind, @NonNull String packageName, int user, @Nullable String field,
            @Nullable String value) {
        JSONObject written = new JSONObject();
        try {
            written.put("cell", kind).put("package", packageName).put("user", user);
            if (field != null) {
                written.put(field, value);
            }
        } catch (JSONException impossible) {
            throw new IllegalStateException(impossible);
        }
        return new Cell(written, kind, packageName, user);
    }

    @NonNull
    JSONObject written() {
        return written;
    }

    @NonNull
    String kind() {
        return kind;
    }

    int user() {
        return user;
    }

    /** Returns the package; a cell that needs one and has none is of no known form. */
    @NonNull
    String packageName() throws Withheld {
        if (packageName == null || packageName.isEmpty()) {
            throw new Withheld(Because.FAILED, kind + " without a package");
        }
        return packageName;
    }

    /** Returns one more field of the cell. */
    @NonNull
    String field(@NonNull String name) throws Withheld {
        String value = written.isNull(name) ? "" : written.optString(name);
        if (value.isEmpty()) {
            throw new Withheld(Because.FAILED, kind + " without " + name);
        }
        return value;
    }
}
