// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.read;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import android.content.Context;
import android.content.pm.PackageInfo;
import android.content.pm.SharedLibraryInfo;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;
import org.keepone.annotation.WorkerThread;
import org.keepone.device.Because;
import org.keepone.device.BoundedCalls;
import org.keepone.device.JsonBytes;
import org.keepone.device.PhoneUser;
import org.keepone.device.PhoneUsers;
import org.keepone.device.Withheld;
import org.keepone.engine.PackageReader;

/**
 * Collects the facts of one phone for one reading: all users, every package, the answers to the engine's questions. It
 * judges nothing and keeps nothing longer than itself; make a new one for every reading.
 *
 * <p>Binder calls: one list per user; per user one query for each question; per package one for its details, one for its
 * installer, and per user one for the block and one for what is in force.
 */
@WorkerThread
public final class DeviceReader implements PackageReader {
    private final Context context;
    private final BoundedCalls calls;
    private final Packages packages;
    private final ProbeDocument questions;
    private final Progress progress;

    private PhoneUsers users;
    private PackageRows rows;
    private ProbeAnswers answers;
    private PackageFactsDocument documents;
    private final NotRead ofPhone = new NotRead();
    private final Set<String> only;

    /** Is told how far the reading has come. */
    @FunctionalInterface
    public interface Progress {
        /**
         * Takes how far it is.
         *
         * @param done packages read
         * @param of packages in all
         */
        void at(int done, int of);
    }

    /**
     * Makes a reader that tells nobody of its progress.
     *
     * @param context any context of the app
     * @param probes the engine's questions, {@code Engine.probes()}
     * @throws IllegalArgumentException when the questions are of no known form
     */
    public DeviceReader(@NonNull Context context, @NonNull byte[] probes) {
        this(context, probes, (done, of) -> { });
    }

    /**
     * Makes a reader.
     *
     * @param context any context of the app
     * @param probes the engine's questions, {@code Engine.probes()}
     * @param progress is told how far the reading is, on the thread that reads
     * @throws IllegalArgumentException when the questions are of no known form
     */
    public DeviceReader(@NonNull Context context, @NonNull byte[] probes, @NonNull Progress progress) {
        this(context, new BoundedCalls(), null, probes, progress);
    }

    /**
     * Makes a reader of some packages, for a question about them alone. It asks none of the engine's questions; the manifests
     * tell the filters then.
     *
     * @param context any context of the app
     * @param names the packages; those that are not there are left out
     * @return the reader
     */
    @NonNull
    public static DeviceReader of(@NonNull Context context, @NonNull Collection<String> names) {
        return new DeviceReader(context, new BoundedCalls(), null, ProbeDocument.none(), (done, of) -> { },
                new HashSet<>(names));
    }

    /** For tests: with another package manager, {@code null} for the platform's. */
    DeviceReader(@NonNull Context context, @NonNull BoundedCalls calls, @Nullable Packages packages,
            @NonNull byte[] probes, @NonNull Progress progress) {
        this(context, calls, packages, ProbeDocument.of(probes), progress, null);
    }

    private DeviceReader(@NonNull Context context, @NonNull BoundedCalls calls, @Nullable Packages packages,
            @NonNull ProbeDocument questions, @NonNull Progress progress, @Nullable Set<String> only) {
        this.context = context;
        this.calls = calls;
        this.packages = packages == null ? new PlatformPackages(context, calls) : packages;
        this.questions = questions;
        this.progress = progress;
        this.only = only;
        if (only != null) {
            ofPhone.add("probes", new Withheld(Because.FAILED, "not asked: a reading of some packages alone"));
        }
    }

    @NonNull
    private List<PhoneUser> users() {
        if (users == null) {
            users = PhoneUsers.of(context, calls);
        }
        return users.users();
    }

    @NonNull
    private PackageRows rows() throws Withheld {
        if (rows == null) {
            rows = new PackageRows(packages, users());
        }
        return rows;
    }

    @NonNull
    private ProbeAnswers answers() {
        if (answers == null) {
            answers = new ProbeAnswers(packages, questions.probes(), users(), ofPhone);
        }
        return answers;
    }

    @Override
    public int count() throws Withheld {
        // Asked apart from names(), so that one short answer is noticed by the other.
        return wanted(new PackageRows(packages, users())).size();
    }

    @Override
    @NonNull
    public String[] names() throws Withheld {
        rows = null;
        return wanted(rows()).toArray(new String[0]);
    }

    @NonNull
    private TreeSet<String> wanted(@NonNull PackageRows rows) {
        TreeSet<String> names = rows.names();
        if (only != null) {
            names.retainAll(only);
        }
        return names;
    }

    @Override
    @NonNull
    public byte[] device() throws Withheld {
        for (int user : rows().users()) {
            Withheld hidden = rows().hidden(user);
            if (hidden != null) {
                ofPhone.add("user " + user, hidden);
            }
        }
        answers();
        return JsonBytes.of(json ->
                new DeviceFacts(context, calls).write(json, users, questions.propertyBeginnings(), ofPhone));
    }

    @Override
    @Nullable
    public byte[] read(@NonNull String name) throws Withheld {
        NotRead notRead = new NotRead();
        for (int user : order(name)) {
            PackageInfo info;
            try {
                info = Detail.of(packages, name, user, notRead).info();
            } catch (Withheld withheld) {
                if (withheld.because() == Because.GONE) {
                    continue;
                }
                throw withheld;
            }
            PackageFactsDocument written = documents();
            return JsonBytes.of(json -> written.write(json, info, user, notRead));
        }
        return null;
    }

    /** The users in the order in which a package is asked for: those who have it first, the own user first among them. */
    @NonNull
    private List<Integer> order(@NonNull String name) throws Withheld {
        List<Integer> having = new ArrayList<>();
        List<Integer> others = new ArrayList<>();
        for (int user : rows().users()) {
            if (rows().hidden(user) != null) {
                continue;
            }
            List<Integer> to = rows().row(user, name) == null ? others : having;
            to.add(user == PhoneUser.own() ? 0 : to.size(), user);
        }
        having.addAll(others);
        return having;
    }

    @NonNull
    private PackageFactsDocument documents() throws Withheld {
        if (documents == null) {
            Map<String, String> libraries = new HashMap<>();
            try {
                for (SharedLibraryInfo library : packages.libraries()) {
                    if (library.getType() > SharedLibraryInfo.TYPE_DYNAMIC) {
                        libraries.put(library.getDeclaringPackage().getPackageName(), library.getName());
                    }
                }
            } catch (Withheld withheld) {
                ofPhone.add("shared libraries", withheld);
            }
            documents = new PackageFactsDocument(context, packages, rows(), answers(), libraries);
        }
        return documents;
    }

    @Override
    public void progress(int done, int of) {
        progress.at(done, of);
    }
}
