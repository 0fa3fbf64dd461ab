// SPDX-License-Identifier: Apache-2.0
package org.keepone.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * Puts the core, built for this machine, where {@code System.loadLibrary("keepone")} finds it.
 *
 * <p>Every sandbox of Robolectric has a class loader of its own, and the JVM loads a file for one class loader only. So
 * each sandbox gets a copy, and the name in the library path is a link to the copy of the sandbox whose test runs. Where
 * the core has not been built there is no link, and what needs it fails to load it.
 */
final class HostLibrary {
    private static final Path BUILT = Path.of(System.getProperty("keepone.library"));
    private static final Path FOLDER = Path.of(System.getProperty("keepone.loaded-from"));
    private static final Path LINK = FOLDER.resolve(System.mapLibraryName("keepone"));

    private static final Map<ClassLoader, Path> COPIES = new WeakHashMap<>();

    private HostLibrary() {}

    /** Makes the link lead to the copy of this sandbox. */
    static synchronized void give(ClassLoader sandbox) {
        if (!Files.exists(BUILT)) {
            return;
        }
        try {
            Files.createDirectories(FOLDER);
            Path copy = COPIES.get(sandbox);
            if (copy == null) {
                copy = Files.createTempFile(FOLDER, "keepone", ".so");
                copy.toFile().deleteOnExit();
                Files.write(copy, Files.readAllBytes(BUILT));
                COPIES.put(sandbox, copy);
            }
            Files.deleteIfExists(LINK);
            Files.createSymbolicLink(LINK, copy.getFileName());
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }
}
