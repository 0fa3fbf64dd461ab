// SPDX-License-Identifier: Apache-2.0
package org.keepone.engine;

import org.keepone.annotation.NonNull;

/**
 * The engine's hand on the phone: reads and writes what can be changed, cell by cell, on the thread that called the
 * engine. It never decides whether something is changed. Every method may throw: the engine takes that as not read or not
 * written.
 *
 * <p>JSON is UTF-8 and kebab-case. A cell names one thing that can be changed, {@code
 * {"cell":"package-enabled","package":…,"user":0}}; {@code because} is one of {@code needs-permission needs-role
 * hidden-user not-on-this-release gone failed timed-out fixed-by-policy fixed-by-system}.
 */
@CalledFromNative
public interface PackageEnforcer {
    /**
     * Tells what this program may do: {@code {"way":"platform-signed|privileged|ordinary","sdk":34,"permissions":[…],
     * "users":[{"id":0,"kind":"main"}],"fixed":[…],"uid":…}}: {@code fixed} are users whose apps are fixed by policy.
     *
     * @return JSON
     * @throws Exception when it could not be told
     */
    @CalledFromNative
    @NonNull
    byte[] may() throws Exception;

    /**
     * Reads cells.
     *
     * @param cells a JSON array of cells
     * @return a JSON array of the same length of {@code {"value":…}} or {@code {"not-read":{"because":…,"detail":…}}}
     * @throws Exception when none could be read
     */
    @CalledFromNative
    @NonNull
    byte[] read(@NonNull byte[] cells) throws Exception;

    /**
     * Writes one cell.
     *
     * @param change {@code {"cell":…,"value":…}}
     * @return {@code {"done":true}} or {@code {"refused":{"because":…,"detail":…}}}
     * @throws Exception when it could not be written
     */
    @CalledFromNative
    @NonNull
    byte[] write(@NonNull byte[] change) throws Exception;
}
