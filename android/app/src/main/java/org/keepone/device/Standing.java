// SPDX-License-Identifier: Apache-2.0
package org.keepone.device;

import java.io.IOException;

import android.content.ComponentName;
import android.content.Context;
import android.content.Intent;
import android.content.ServiceConnection;
import android.os.Handler;
import android.os.IBinder;
import android.os.Looper;
import android.util.Log;

import org.keepone.DumpService;
import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;
import org.keepone.device.keep.PackageWatch;
import org.keepone.device.record.HistoryJob;
import org.keepone.device.record.Recorder;

/**
 * What this app does for as long as its process lives: notices changed packages, records, and holds the door for dumps open. As a
 * persistent system app the process lives from the start of the phone and is started anew when it dies; as any other app,
 * while it is open or a job runs.
 */
public final class Standing {
    private static final String TAG = "KeepOne";

    /** The first screen, or the broadcast that started the process, comes first. */
    private static final long SETTLED_MILLIS = 2_000;

    private Standing() {
    }

    /** Keeps a service bound. */
    private static final class Hold implements ServiceConnection {
        @Override
        public void onServiceConnected(@Nullable ComponentName name, @Nullable IBinder service) {
            Log.d(TAG, "dumps are answered");
        }

        @Override
        public void onServiceDisconnected(@Nullable ComponentName name) {
            Log.d(TAG, "dumps are not answered");
        }
    }

    /**
     * Begins. Called once, when the process starts.
     *
     * @param application the application
     */
    public static void begin(@NonNull Context application) {
        PackageWatch.begin(application);
        new Handler(Looper.getMainLooper()).postDelayed(() -> settle(application), SETTLED_MILLIS);
    }

    private static void settle(@NonNull Context application) {
        HistoryJob.schedule(application);
        application.bindService(new Intent(application, DumpService.class), new Hold(), Context.BIND_AUTO_CREATE);
        Thread thread = new Thread(() -> record(application), "keepone-begin");
        thread.setDaemon(true);
        thread.start();
    }

    private static void record(@NonNull Context application) {
        try {
            new Recorder(application).begin();
        } catch (IOException failed) {
            Log.w(TAG, "no record: " + failed.getMessage());
        }
    }
}
