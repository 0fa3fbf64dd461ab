// SPDX-License-Identifier: Apache-2.0
package org.keepone.engine;

import org.keepone.annotation.NonNull;

/**
 * The native library's entries, and nothing else. Each is complete in itself; no handle is kept between two calls.
 * {@link Engine} is the face for everyone else.
 */
final class Native {
    /**
     * Names the library's file where it does not lie on the library path: off Android, in tests. A property of this process
     * only, which no other app can set.
     */
    private static final String LIBRARY_FILE = "org.keepone.library";

    static {
        String file = System.getProperty(LIBRARY_FILE);
        if (file == null) {
            System.loadLibrary("keepone");
        } else {
            System.load(file);
        }
        init();
    }

    private Native() {
    }

    /** Binds the Java classes that the library calls; fails here and not later where they do not fit. */
    private static native void init();

    @NonNull
    static native byte[] probes() throws EngineException;

    @NonNull
    static native byte[] judge(@NonNull PackageReader reader, @NonNull byte[] options) throws EngineException;

    @NonNull
    static native byte[] explain(@NonNull byte[] request) throws EngineException;

    @NonNull
    static native byte[] enforce(@NonNull PackageEnforcer enforcer, @NonNull byte[] plan, @NonNull String journalPath)
            throws EngineException;

    @NonNull
    static native byte[] undo(@NonNull PackageEnforcer enforcer, @NonNull byte[] request, @NonNull String journalPath)
            throws EngineException;

    @NonNull
    static native byte[] control(@NonNull PackageEnforcer enforcer, @NonNull byte[] request,
            @NonNull String journalPath) throws EngineException;

    @NonNull
    static native byte[] choices(@NonNull byte[] request, @NonNull String path) throws EngineException;

    @NonNull
    static native byte[] journal(@NonNull byte[] request, @NonNull String journalPath) throws EngineException;

    @NonNull
    static native byte[] records(@NonNull byte[] request, @NonNull String path) throws EngineException;
}
