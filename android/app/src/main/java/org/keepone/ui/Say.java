// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;

import android.content.Context;
import android.content.pm.ApplicationInfo;
import android.content.pm.PackageManager;
import android.text.format.DateUtils;
import android.text.format.Formatter;

import org.keepone.R;
import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;
import org.keepone.annotation.WorkerThread;
import org.keepone.device.PhoneUser;
import org.keepone.ui.model.App;
import org.keepone.ui.model.Failure;
import org.keepone.ui.model.Way;
import org.keepone.ui.model.Wording;
import org.keepone.ui.model.Words;

/** Says things in the language of the screen: our strings, the core's words, apps' labels, sizes and times. */
@WorkerThread
final class Say {
    private final Context context;
    private final Phone phone;
    private final Words words;
    private final String language;

    Say(@NonNull Context context, @NonNull Phone phone) throws Failure {
        this.context = context;
        this.phone = phone;
        this.language = language(context);
        this.words = phone.words(language);
    }

    /** Returns the language that the resources were chosen for, so that the core's words match ours. */
    @NonNull
    static String language(@NonNull Context context) {
        return context.getString(R.string.language);
    }

    @NonNull
    String text(int id, @NonNull Object... values) {
        return context.getString(id, values);
    }

    @NonNull
    String count(int id, int count) {
        return context.getResources().getQuantityString(id, count, count);
    }

    /** Returns the core's own message in this language. */
    @Nullable
    String of(@Nullable Wording wording) {
        return wording == null ? null : begun(wording.in(language));
    }

    /** Returns the core's name of a word of a kind; a word that it does not explain stays as it is. */
    @NonNull
    String name(@NonNull String kind, @NonNull String word) {
        return begun(words.name(kind, word));
    }

    /** Returns what the core's word says; {@code null} when it does not explain it. */
    @Nullable
    String what(@NonNull String kind, @NonNull String word) {
        Words.Word found = words.word(kind, word);
        return found == null ? null : found.what();
    }

    /** Begins a text of the core with a capital where it stands by itself; names of packages and files stay as they are. */
    @NonNull
    private static String begun(@NonNull String text) {
        int end = 0;
        while (end < text.length() && (Character.isLowerCase(text.charAt(end)) || text.charAt(end) == '-')) {
            end++;
        }
        boolean ends = end == text.length() || " ,;".indexOf(text.charAt(end)) >= 0 || text.startsWith(": ", end);
        boolean isWord = end > 0 && ends;
        return isWord ? Character.toUpperCase(text.charAt(0)) + text.substring(1) : text;
    }

    /** Returns an app's label fit to be shown, or else its package name. */
    @NonNull
    String label(@NonNull String name) {
        App app = phone.known(name);
        String clean = app == null || app.label() == null ? null : Clean.label(app.label().in(language));
        if (clean == null) {
            clean = Clean.label(installed(name));
        }
        return clean == null ? Clean.fact(name) : clean;
    }

    /** Returns what this app may do on the phone, and for whom; where that cannot be told, for the own user alone. */
    @NonNull
    Way way() {
        try {
            return phone.way();
        } catch (Failure unread) {
            return new Way(Way.Kind.ORDINARY, 0, List.of(), PhoneUser.own(), false);
        }
    }

    /** Joins parts that are there with a pause, such as "a · b". */
    @Nullable
    String joined(@NonNull String... parts) {
        StringBuilder all = new StringBuilder();
        for (String part : parts) {
            if (part != null && !part.isEmpty()) {
                all.append(all.length() == 0 ? "" : " · ").append(part);
            }
        }
        return all.length() == 0 ? null : all.toString();
    }

    /** Joins lines that are there, one below the other. */
    @Nullable
    String lines(@NonNull List<String> lines) {
        StringBuilder all = new StringBuilder();
        for (String line : lines) {
            if (line != null && !line.isEmpty()) {
                all.append(all.length() == 0 ? "" : "\n").append(line);
            }
        }
        return all.length() == 0 ? null : all.toString();
    }

    /** Returns names one after the other in the manner of the language. */
    @NonNull
    String list(@NonNull List<String> names) {
        return String.join(text(R.string.list_pause), names);
    }

    @NonNull
    String size(@Nullable Long bytes) {
        return bytes == null ? text(R.string.not_known) : Formatter.formatShortFileSize(context, bytes);
    }

    /** Returns a moment of the core (RFC 3339) for people: near ones by distance, others by date. */
    @NonNull
    String moment(@Nullable String at) {
        if (at == null) {
            return text(R.string.time_not_known);
        }
        try {
            long then = Instant.parse(at).toEpochMilli();
            return DateUtils.getRelativeDateTimeString(
                            context, then, DateUtils.MINUTE_IN_MILLIS, DateUtils.WEEK_IN_MILLIS, 0)
                    .toString();
        } catch (DateTimeException notAMoment) {
            return Clean.fact(at);
        }
    }

    @Nullable
    private CharSequence installed(@NonNull String name) {
        PackageManager packages = context.getPackageManager();
        try {
            ApplicationInfo app = packages.getApplicationInfo(name, PackageManager.MATCH_UNINSTALLED_PACKAGES);
            return packages.getApplicationLabel(app);
        } catch (PackageManager.NameNotFoundException | RuntimeException gone) {
            return null;
        }
    }
}
