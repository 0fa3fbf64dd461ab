// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import android.os.Bundle;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;

/** What a person is told before they agree: what happens, what is lost for good, and what brings it back. */
record Consent(
        @NonNull String name,
        @Nullable String about,
        @Nullable String loses,
        @Nullable String inverse,
        @NonNull String yes) {

    @NonNull
    Bundle bundle() {
        Bundle bundle = new Bundle();
        bundle.putString("name", name);
        bundle.putString("about", about);
        bundle.putString("loses", loses);
        bundle.putString("inverse", inverse);
        bundle.putString("yes", yes);
        return bundle;
    }

    @NonNull
    static Consent from(@NonNull Bundle bundle) {
        return new Consent(
                bundle.getString("name", ""),
                bundle.getString("about"),
                bundle.getString("loses"),
                bundle.getString("inverse"),
                bundle.getString("yes", ""));
    }
}
