// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.carry;

import org.keepone.annotation.NonNull;
import org.keepone.device.Withheld;

/**
 * Reads and writes the cells of one kind. Values are those of JSON: {@code Boolean}, {@code Number}, {@code String}, {@code
 * JSONArray}, {@code JSONObject}.
 */
interface Hand {
    /**
     * Reads what stands in a cell.
     *
     * @param sight what was looked up for the cells before it
     * @throws Withheld when it could not be read
     */
    @NonNull
    Object read(@NonNull Cell cell, @NonNull Sight sight) throws Withheld;

    /**
     * Writes a cell. That it returns means that the platform took the change, not that it stands: reading tells that.
     *
     * @throws Withheld when the change was refused
     */
    void write(@NonNull Cell cell, @NonNull Object value, @NonNull Sight sight) throws Withheld;
}
