// SPDX-License-Identifier: Apache-2.0
package org.keepone;

import java.io.FileDescriptor;
import java.io.PrintWriter;

import android.app.Service;
import android.content.Intent;
import android.os.Binder;
import android.os.IBinder;
import android.util.Log;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;
import org.keepone.device.PackageNames;
import org.keepone.device.door.Dump;

/**
 * The door for {@code adb} users and labs: {@code adb shell dumpsys activity service org.keepone/.DumpService snapshot} gives
 * the device's own view, with every permission that this app has. The manifest asks DUMP of whoever binds or starts it, and
 * the activity manager of whoever has it dumped.
 *
 * <p>A service is dumped only while it exists: this process keeps it bound.
 */
public final class DumpService extends Service {
    private static final String TAG = "KeepOne";

    private Dump dump;

    @Override
    public void onCreate() {
        super.onCreate();
        dump = new Dump(getApplicationContext());
    }

    @Override
    protected void dump(@Nullable FileDescriptor fd, @NonNull PrintWriter writer, @Nullable String[] arguments) {
        dump.print(writer, arguments);
    }

    /** Binding keeps it there; there is nothing to talk to. */
    @Override
    @NonNull
    public IBinder onBind(@Nullable Intent intent) {
        return new Binder();
    }

    /** Starting it by hand is allowed to whoever may dump; whatever the intent carries is not looked at. */
    @Override
    public int onStartCommand(@Nullable Intent intent, int flags, int startId) {
        if (intent != null && intent.getAction() != null) {
            Log.w(TAG, "DumpService takes no action: " + PackageNames.forLog(intent.getAction()));
            stopSelf(startId);
        }
        return START_NOT_STICKY;
    }
}
