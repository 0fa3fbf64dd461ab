// SPDX-License-Identifier: Apache-2.0
package org.keepone.device;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

import android.content.Context;

import org.keepone.annotation.NonNull;

/**
 * Where choices, the journal and the record lie: in storage that is open before the first unlock, so that choices hold from the
 * start of the phone, and apart for every user of it.
 *
 * <p>The engine asks that one file is not written by two calls at once: whoever gives it one of these files holds {@link
 * #turn}.
 */
public final class Places {
    private static final String USER = "user-";

    /** One for all files: what is chosen, what is written down and what is done belong together. */
    private static final ReentrantLock TURN = new ReentrantLock();

    private final File root;

    /**
     * Takes the app's own storage.
     *
     * @param context any context of the app
     */
    public Places(@NonNull Context context) {
        root = new File(context.createDeviceProtectedStorageContext().getFilesDir(), "keepone");
    }

    /** Returns the lock to hold while the engine works with one of the files. */
    @NonNull
    public static ReentrantLock turn() {
        return TURN;
    }

    /**
     * Returns the journal of changes made for a user.
     *
     * @param user the user of the phone
     * @return the file, its folder made
     * @throws IOException when the folder cannot be made
     */
    @NonNull
    public File journal(int user) throws IOException {
        return new File(folder(user), "journal.ndjson");
    }

    /**
     * Returns what a user chose.
     *
     * @param user the user of the phone
     * @return the file, its folder made
     * @throws IOException when the folder cannot be made
     */
    @NonNull
    public File choices(int user) throws IOException {
        return new File(folder(user), "choices.json");
    }

    /**
     * Returns the folder of the record of processing, one for all users.
     *
     * @return the folder
     * @throws IOException when the folder cannot be made
     */
    @NonNull
    public File record() throws IOException {
        return made(new File(root, "record"));
    }

    /** Returns the users for whom something is stored, in order. */
    @NonNull
    public List<Integer> users() {
        List<Integer> users = new ArrayList<>();
        String[] names = root.list();
        for (int i = 0; names != null && i < names.length; i++) {
            if (names[i].startsWith(USER)) {
                try {
                    users.add(Integer.valueOf(names[i].substring(USER.length())));
                } catch (NumberFormatException foreign) {
                    // No folder of ours: nothing else in it is looked at either.
                    continue;
                }
            }
        }
        Collections.sort(users);
        return users;
    }

    @NonNull
    private File folder(int user) throws IOException {
        return made(new File(root, USER + user));
    }

    @NonNull
    private static File made(@NonNull File folder) throws IOException {
        if (!folder.isDirectory() && !folder.mkdirs() && !folder.isDirectory()) {
            throw new IOException("cannot make " + folder);
        }
        return folder;
    }
}
