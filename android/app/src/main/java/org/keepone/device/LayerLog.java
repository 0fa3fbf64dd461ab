// SPDX-License-Identifier: Apache-2.0
package org.keepone.device;

import java.util.Locale;

import android.util.Log;

import org.json.JSONArray;
import org.json.JSONObject;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;

/** Writes what is wrong with the maker's layers to the log, whoever had the phone judged: there its engineers look first. */
public final class LayerLog {
    private static final String TAG = "KeepOne";

    private LayerLog() {
    }

    /**
     * Writes one line for each mistake.
     *
     * @param layers the layers as read; of those that could not even be given to the engine it tells itself
     * @param found what the engine found in the others: {@code layer-mistakes} of its answer to {@code judge}
     */
    public static void write(@NonNull VendorLayers layers, @Nullable JSONArray found) {
        for (VendorLayers.Mistake mistake : layers.mistakes()) {
            Log.w(TAG, mistake.path() + ": " + mistake.message().in(Locale.ENGLISH));
        }
        for (int at = 0; found != null && at < found.length(); at++) {
            JSONObject mistake = found.optJSONObject(at);
            JSONObject message = mistake == null ? null : mistake.optJSONObject("message");
            Log.w(TAG, message == null
                    ? "layer: " + found.opt(at)
                    : mistake.optString("path") + ":" + mistake.optLong("line") + ":" + mistake.optLong("column") + ": "
                            + message.optString("en"));
        }
    }
}
