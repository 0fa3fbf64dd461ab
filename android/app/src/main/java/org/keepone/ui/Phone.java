// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import java.io.OutputStream;
import java.util.List;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;
import org.keepone.annotation.WorkerThread;
import org.keepone.ui.model.App;
import org.keepone.ui.model.Change;
import org.keepone.ui.model.Connected;
import org.keepone.ui.model.Done;
import org.keepone.ui.model.Event;
import org.keepone.ui.model.Failure;
import org.keepone.ui.model.Foresight;
import org.keepone.ui.model.Judgement;
import org.keepone.ui.model.Sheet;
import org.keepone.ui.model.Way;
import org.keepone.ui.model.Words;

/**
 * The phone as the screens see it: what stands on it, and what can be done to it.
 *
 * <p>Every method may take long and is called off the main thread only. What cannot be done throws {@link Failure}.
 */
@WorkerThread
public interface Phone {
    /** Is told now and then how far a long piece of work has come. */
    interface Progress {
        /** {@code of} is 0 as long as the end is not known. */
        void at(int done, int of);
    }

    /** Returns what this copy of the app may do here, and the phone's users. */
    @NonNull
    Way way() throws Failure;

    /** Returns the verdict; read once, until apps may have come, gone or become others. */
    @NonNull
    Judgement judgement(@NonNull Progress progress) throws Failure;

    /** Returns a package of the last verdict, without reading anything; {@code null} when there is none. */
    @Nullable
    App known(@NonNull String name);

    /** Makes the next question about this package, or about the whole phone ({@code null}), read anew. */
    void forget(@Nullable String name);

    /** Returns what the core's words mean, in the language {@code en} or {@code zh-CN}. */
    @NonNull
    Words words(@NonNull String language) throws Failure;

    /** Returns the switches of one package for one user of the phone, as they stand now. */
    @NonNull
    Sheet sheet(@NonNull String name, int user) throws Failure;

    /**
     * Returns the switches of every package that the audit knows; those that cannot be read are left out. Read anew where
     * something was heard of that may have changed them.
     */
    @NonNull
    List<Sheet> sheets(int user, @NonNull Progress progress) throws Failure;

    /** Sets one switch; the person was asked before. */
    @NonNull
    Done set(@NonNull String name, int user, @NonNull String area, @NonNull String id, @NonNull String to)
            throws Failure;

    /** Keeps every user of the phone from uninstalling what the plan keeps, and lets them uninstall the others. */
    @NonNull
    Done hold() throws Failure;

    /** Brings a run of a user's journal to its end that was cut short. */
    @NonNull
    Done resume(int user) throws Failure;

    /** Returns what {@link #remove} would change and lose, or why it cannot be done; nothing is changed. */
    @NonNull
    Foresight foresee(@NonNull String name, int user) throws Failure;

    /** Removes one package for one user; the person was asked before. */
    @NonNull
    Done remove(@NonNull String name, int user) throws Failure;

    /** Brings back a package that a user does not have, whoever removed it. */
    @NonNull
    Done bringBack(@NonNull String name, int user) throws Failure;

    /** Returns whether it was this app that removed a package for a user. */
    boolean hasRemoved(@NonNull String name, int user) throws Failure;

    /** Returns whether the package is installed for the user; {@code null} when that is not known. */
    @Nullable
    Boolean isInstalled(@NonNull String name, int user) throws Failure;

    /** Returns the journals of changes, one for each user of the phone for whom anything was changed. */
    @NonNull
    List<Change.Journal> changes() throws Failure;

    /** Undoes the changes with these numbers in a user's journal. What was undone is no choice any more. */
    @NonNull
    Done undo(int user, @NonNull List<Long> numbers) throws Failure;

    /** Undoes all changes, those of every user. */
    @NonNull
    Done undoAll() throws Failure;

    /** Returns a page of the record of processing, from an event number on ({@code null}: the newest). */
    @NonNull
    Event.Records records(@NonNull Event.Filter filter, @Nullable Long from) throws Failure;

    /** Returns which apps were connected to a user's apps of late, or why that is not known. */
    @NonNull
    Connected connected(int user);

    /** Returns the last events of a kind and a user of the phone ({@code null}: of all). */
    @NonNull
    Event.Last last(@Nullable String kind, @Nullable Integer user) throws Failure;

    /** Returns whether the record is whole, and how much it holds. */
    @NonNull
    Event.Seal seal() throws Failure;

    /** Writes the whole record as {@code ndjson} or {@code csv}. The stream is left open. */
    void export(@NonNull String format, @NonNull OutputStream to) throws Failure;
}
