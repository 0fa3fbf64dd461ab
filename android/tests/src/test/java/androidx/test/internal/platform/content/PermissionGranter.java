// SPDX-License-Identifier: Apache-2.0
package androidx.test.internal.platform.content;

/** Grants the app under test permissions. */
public interface PermissionGranter {
    /** Adds permissions to those that are granted at the next request. */
    void addPermissions(String... permissions);

    /** Grants what was added. */
    void requestPermissions();
}
