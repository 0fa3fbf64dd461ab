// SPDX-License-Identifier: Apache-2.0
package org.keepone.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * Names the core, built for this machine, to the app, which loads it from the file named by {@code org.keepone.library}.
 *
 * <p>Every sandbox of Robolectric has a class loader of its own, and the JVM loads a file for one class loader only: each
 * sandbox gets a copy. Where the core has not been built nothing is named, and what needs it fails to load it.
 */
final class HostLibrary {
    private static final Path BUILT = Path.of(System.getProperty("keepone.built"));

    private static final Map<ClassLoader, Path> COPIES = new WeakHashMap<>();

    private HostLibrary() {}

    /** Names the copy of this sandbox. */
    static synchronized void give(ClassLoader sandbox) {
        if (Files.exists(BUILT)) {
            System.setProperty("org.keepone.library", COPIES.computeIfAbsent(sandbox, each -> copy()).toString());
        }
    }

    private static Path copy() {
        try {
            Path copy = Files.createTempFile("keepone", ".so");
            copy.toFile().deleteOnExit();
            Files.write(copy, Files.readAllBytes(BUILT));
            return copy;
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }
}
