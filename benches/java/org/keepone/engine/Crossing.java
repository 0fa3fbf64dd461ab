// SPDX-License-Identifier: Apache-2.0
package org.keepone.engine;

/** The empty crossing that the engine is measured beside. */
final class Crossing {
    static {
        System.load(System.getProperty("org.keepone.crossing"));
    }

    private Crossing() {
    }

    /** Fetches every record of {@code reader} and returns how many bytes there were. */
    static native int cross(PackageReader reader);
}
