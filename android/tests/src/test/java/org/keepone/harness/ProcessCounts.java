// SPDX-License-Identifier: Apache-2.0
package org.keepone.harness;

import android.content.Context;
import android.content.pm.PackageManager;
import android.os.Parcel;
import android.os.ParcelFileDescriptor;
import com.android.internal.app.procstats.AssociationState;
import com.android.internal.app.procstats.IProcessStats;
import com.android.internal.app.procstats.ProcessStats;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import org.robolectric.shadows.ShadowServiceManager;

/**
 * The platform's statistics of processes, behind a service of the test: counted, written and read by the framework's own classes.
 * As {@code ProcessStatsService} does, it tells them to holders of PACKAGE_USAGE_STATS alone.
 */
public final class ProcessCounts {
    private static final String NEEDED = "android.permission.PACKAGE_USAGE_STATS";

    private final Context context;
    private final ProcessStats counted = new ProcessStats(false);

    private ProcessCounts(Context context) {
        this.context = context;
    }

    /** Begins to count at a moment, in milliseconds since 1970. */
    public static ProcessCounts behind(Context context, long since) {
        ProcessCounts counts = new ProcessCounts(context);
        counts.counted.mTimePeriodStartClock = since;
        IProcessStats service = (IProcessStats) Proxy.newProxyInstance(ProcessCounts.class.getClassLoader(),
                new Class<?>[] {IProcessStats.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("getStatsOverTime")) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    return counts.told();
                });
        ShadowServiceManager.addBinderService("procstats", IProcessStats.class, service);
        return counts;
    }

    /** Counts that a process of another app is connected to a component, and parts. */
    public ProcessCounts connects(String process, int from, String to, int uid, String component, int times) {
        AssociationState target = counted.getAssociationStateLocked(to, uid, 1, to, component);
        for (int i = 0; i < times; i++) {
            target.startSource(from, process, process).stop();
        }
        return this;
    }

    private ParcelFileDescriptor told() throws IOException {
        if (context.checkSelfPermission(NEEDED) != PackageManager.PERMISSION_GRANTED) {
            throw new SecurityException(NEEDED);
        }
        Parcel parcel = Parcel.obtain();
        counted.writeToParcel(parcel, 0, 0);
        File file = File.createTempFile("procstats", null);
        Files.write(file.toPath(), parcel.marshall());
        parcel.recycle();
        return ParcelFileDescriptor.open(file, ParcelFileDescriptor.MODE_READ_ONLY);
    }
}
