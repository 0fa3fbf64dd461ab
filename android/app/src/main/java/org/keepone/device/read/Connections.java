// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.read;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import android.content.Context;
import android.os.Build;
import android.os.ParcelFileDescriptor;
import android.os.RemoteException;
import android.os.ServiceManager;
import android.os.UserHandle;
import android.util.LongSparseArray;
import android.util.SparseArray;

import com.android.internal.app.procstats.AssociationState;
import com.android.internal.app.procstats.IProcessStats;
import com.android.internal.app.procstats.ProcessStats;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.WorkerThread;
import org.keepone.device.Because;
import org.keepone.device.BoundedCalls;
import org.keepone.device.PhoneUser;
import org.keepone.device.Withheld;

/**
 * Which app was connected to which component of which other app of late: it bound a service or held a provider. The platform
 * counts that in its statistics of processes since Android 10, where the two run in different processes
 * ({@code ConnectionRecord.startAssociationIfNeeded}, {@code ContentProviderConnection}), and tells it to holders of
 * PACKAGE_USAGE_STATS ({@code ProcessStatsService.getStatsOverTime}). Of broadcasts, and of services that are started and not
 * bound, it keeps no sender: {@code ApplicationStartInfo} (Android 15) has the reason of a start and not its caller.
 */
@WorkerThread
public final class Connections {
    /** So far back the platform is to look; it answers in whole periods of three hours. */
    private static final long BACK_MILLIS = TimeUnit.DAYS.toMillis(1);

    /** Begins {@code pkgasc,package,uid,version,component,process,uid of the process,count,…}, from Android 10 to 16 alike. */
    private static final String LINE = "pkgasc";

    private static final int LINE_PARTS = 8;

    /** The system's own process binds many a service, and is no app. */
    private static final String SYSTEM = "system";

    /**
     * One app that was connected to a component of another.
     *
     * @param to the package of the component
     * @param component its class
     * @param from the package that was connected, or the name of its process where several share its uid
     * @param times how often the connection was made
     */
    public record Connection(@NonNull String to, @NonNull String component, @NonNull String from, long times) {
    }

    private final String since;
    private final List<Connection> all = new ArrayList<>();

    private Connections(@NonNull String since) {
        this.since = since;
    }

    /** Returns the moment from which on connections are counted. */
    @NonNull
    public String since() {
        return since;
    }

    /** Returns the connections. */
    @NonNull
    public List<Connection> all() {
        return Collections.unmodifiableList(all);
    }

    /**
     * Reads the connections to the apps of a user.
     *
     * @throws Withheld when the platform does not tell them
     */
    @NonNull
    public static Connections read(@NonNull Context context, @NonNull BoundedCalls calls, int user) throws Withheld {
        if (Build.VERSION.SDK_INT < 29) {
            throw new Withheld(Because.NOT_ON_THIS_RELEASE, "connections are counted since Android 10");
        }
        return calls.ask("statistics of processes", () -> of(context, statistics(), user));
    }

    @NonNull
    private static ProcessStats statistics() throws RemoteException, IOException, Withheld {
        IProcessStats service = IProcessStats.Stub.asInterface(ServiceManager.getService(ProcessStats.SERVICE_NAME));
        ParcelFileDescriptor told = service == null ? null : service.getStatsOverTime(BACK_MILLIS);
        if (told == null) {
            throw new Withheld(Because.FAILED, "there are no statistics of processes");
        }
        try (InputStream in = new ParcelFileDescriptor.AutoCloseInputStream(told)) {
            ProcessStats statistics = new ProcessStats(false);
            statistics.read(in);
            if (statistics.mReadError != null) {
                throw new Withheld(Because.FAILED, statistics.mReadError);
            }
            return statistics;
        }
    }

    @NonNull
    private static Connections of(@NonNull Context context, @NonNull ProcessStats statistics, int user) {
        Connections read = new Connections(Instant.ofEpochMilli(statistics.mTimePeriodStartClock).toString());
        for (Map.Entry<String, SparseArray<LongSparseArray<ProcessStats.PackageState>>> byName :
                statistics.mPackages.getMap().entrySet()) {
            SparseArray<LongSparseArray<ProcessStats.PackageState>> byUid = byName.getValue();
            for (int u = 0; u < byUid.size(); u++) {
                int uid = byUid.keyAt(u);
                LongSparseArray<ProcessStats.PackageState> versions = byUid.valueAt(u);
                for (int v = 0; isOf(uid, user) && v < versions.size(); v++) {
                    for (AssociationState to : versions.valueAt(v).mAssociations.values()) {
                        read.take(context, byName.getKey(), uid, to);
                    }
                }
            }
        }
        return read;
    }

    private static boolean isOf(int uid, int user) {
        return PhoneUser.idOf(UserHandle.getUserHandleForUid(uid)) == user;
    }

    /** Takes who was connected to a component. Only the lines for programs are open: the fields behind them are not. */
    private void take(@NonNull Context context, @NonNull String name, int uid, @NonNull AssociationState to) {
        StringWriter lines = new StringWriter();
        PrintWriter writer = new PrintWriter(lines);
        to.dumpTimesCheckin(writer, name, uid, 0, to.getName(), 0);
        writer.flush();
        for (String line : lines.toString().split("\n")) {
            String[] parts = line.split(",");
            if (parts.length < LINE_PARTS || !parts[0].equals(LINE)) {
                continue;
            }
            String process = parts[5];
            int source = Integer.parseInt(parts[6]);
            if (source != uid && !process.equals(SYSTEM)) {
                all.add(new Connection(name, to.getName(), app(context, source, process), Long.parseLong(parts[7])));
            }
        }
    }

    /** Returns the package behind a process: the only one of its uid, or the one that the process is called after. */
    @NonNull
    private static String app(@NonNull Context context, int uid, @NonNull String process) {
        String[] names = context.getPackageManager().getPackagesForUid(uid);
        if (names != null && names.length == 1) {
            return names[0];
        }
        int colon = process.indexOf(':');
        String main = colon < 0 ? process : process.substring(0, colon);
        return names != null && Arrays.asList(names).contains(main) ? main : process;
    }
}
