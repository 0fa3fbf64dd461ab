// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.read;

import java.util.List;

import android.content.Intent;
import android.content.pm.PackageInfo;
import android.content.pm.ResolveInfo;
import android.content.pm.SharedLibraryInfo;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;
import org.keepone.device.Withheld;

/** What the collector asks of the package manager, each question for one user of the phone. */
interface Packages {
    /** Lists packages. */
    @NonNull
    List<PackageInfo> list(int user, int flags) throws Withheld;

    /** Tells about one package; {@code GONE} when there is none of that name. */
    @NonNull
    PackageInfo info(@NonNull String name, int user, int flags) throws Withheld;

    /** Lists the components of a kind that answer an intent. */
    @NonNull
    List<ResolveInfo> answers(@NonNull ComponentKind kind, @NonNull Intent intent, int user, int flags)
            throws Withheld;

    /** Names the package that installed another, {@code null} when the platform knows none. */
    @Nullable
    String installer(@NonNull String name, int user) throws Withheld;

    /** Tells whether uninstalling is blocked. */
    boolean blocksUninstall(@NonNull String name, int user) throws Withheld;

    /** Lists shared libraries. */
    @NonNull
    List<SharedLibraryInfo> libraries() throws Withheld;
}
