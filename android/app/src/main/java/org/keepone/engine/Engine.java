// SPDX-License-Identifier: Apache-2.0
package org.keepone.engine;

import java.io.File;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;
import org.keepone.annotation.WorkerThread;

/**
 * The engine's face for the app: what a phone's apps are for, whether they can be removed, what would repair it, and the
 * doing of it. All of that is decided by the native library; this class checks arguments and hands JSON (UTF-8,
 * kebab-case) across.
 *
 * <p>It holds no state: any number of it may exist, on any threads. Calls that are given the same journal or store must
 * not run at the same time.
 */
@WorkerThread
public final class Engine {
    /** No request or answer is larger: what is, is a mistake or an attack. */
    static final int LARGEST = 64 << 20;

    /**
     * Lists the questions that a reader puts to the platform: the intents to query.
     *
     * @return {@code {"schema-version":1,"probes":[{"component":…,"action":…,"categories":[…],"data":…,"mime-type":…}]}}
     * @throws EngineException when the library is not there
     */
    @NonNull
    public byte[] probes() throws EngineException {
        return call(Native::probes);
    }

    /**
     * Reads the phone through {@code reader} and judges it.
     *
     * @param reader answers the engine's questions
     * @param options {@code {"want":["audit","plan","screen","classify","snapshot"],"profile":…,"layers":[…],"today":…}}
     * @return the documents asked for, in the form of the command line's
     * @throws EngineException when the options are wrong; a phone that could not be read is no exception
     */
    @NonNull
    public byte[] judge(@NonNull PackageReader reader, @NonNull byte[] options) throws EngineException {
        check(reader, "reader");
        checkBytes(options, "options");
        return call(() -> Native.judge(reader, options));
    }

    /**
     * Returns names and texts of the words that results use.
     *
     * @param request {@code {"language":"en|zh-CN","words":[…]}}; without words, all
     * @return their texts
     * @throws EngineException when the request is wrong
     */
    @NonNull
    public byte[] explain(@NonNull byte[] request) throws EngineException {
        checkBytes(request, "request");
        return call(() -> Native.explain(request));
    }

    /**
     * Carries out the run-time form of a plan, each step re-checked, written down before it is done, and read back.
     *
     * <p>{@code plan} is {@code {"plan":…,"user":0,"now":…}}, and besides: {@code consent}, the packages for which the user
     * agreed to what is lost; {@code only}, the packages to deal with; {@code kinds}, the kinds of steps to do, such as {@code
     * block-uninstall}; {@code bring-back}, packages to install from what the phone has, in place of the plan's steps; {@code
     * foresee}, to be told what would be done and lost, and nothing is done. {@code {"resume":true,"now":…}} takes up the run
     * that was cut short.
     *
     * @param enforcer the hand on the phone
     * @param plan the plan, with the user's consent
     * @param journal where the journal lies
     * @return an outcome for every step
     * @throws EngineException when the plan is wrong or the journal cannot be written
     */
    @NonNull
    public byte[] enforce(@NonNull PackageEnforcer enforcer, @NonNull byte[] plan, @NonNull File journal)
            throws EngineException {
        check(enforcer, "enforcer");
        checkBytes(plan, "plan");
        String path = checkFile(journal, "journal");
        return call(() -> Native.enforce(enforcer, plan, path));
    }

    /**
     * Takes changes back.
     *
     * @param enforcer the hand on the phone
     * @param request which: {@code {"seq":[…]}}, or all
     * @param journal where the journal lies
     * @return an outcome for every change, and what cannot return
     * @throws EngineException when the request is wrong or the journal cannot be read or written
     */
    @NonNull
    public byte[] undo(@NonNull PackageEnforcer enforcer, @NonNull byte[] request, @NonNull File journal)
            throws EngineException {
        check(enforcer, "enforcer");
        checkBytes(request, "request");
        String path = checkFile(journal, "journal");
        return call(() -> Native.undo(enforcer, request, path));
    }

    /**
     * Shows or sets the user's switches over a package, or re-applies what the user chose.
     *
     * @param enforcer the hand on the phone
     * @param request {@code {"ask":"sheet"|"set"|"reapply", …}}
     * @param journal where the journal lies
     * @return the sheet, or an outcome for every change
     * @throws EngineException when the request is wrong or the journal cannot be written
     */
    @NonNull
    public byte[] control(@NonNull PackageEnforcer enforcer, @NonNull byte[] request, @NonNull File journal)
            throws EngineException {
        check(enforcer, "enforcer");
        checkBytes(request, "request");
        String path = checkFile(journal, "journal");
        return call(() -> Native.control(enforcer, request, path));
    }

    /**
     * Lists or changes what the user chose.
     *
     * @param request {@code {"ask":"list"|"set"|"remove"|"undone"|"export"|"import", …}}
     * @param store where the choices lie
     * @return what was asked for
     * @throws EngineException when the request is wrong or the store cannot be read or written
     */
    @NonNull
    public byte[] choices(@NonNull byte[] request, @NonNull File store) throws EngineException {
        checkBytes(request, "request");
        String path = checkFile(store, "store");
        return call(() -> Native.choices(request, path));
    }

    /**
     * Reads a journal and checks it.
     *
     * @param request what to list
     * @param journal where the journal lies
     * @return its entries, and where it is torn or was changed
     * @throws EngineException when the request is wrong or the journal cannot be read
     */
    @NonNull
    public byte[] journal(@NonNull byte[] request, @NonNull File journal) throws EngineException {
        checkBytes(request, "request");
        String path = checkFile(journal, "journal");
        return call(() -> Native.journal(request, path));
    }

    /**
     * Keeps, lists, checks or exports the record of processing.
     *
     * @param request {@code {"ask":"append"|"list"|"verify"|"export", …}}
     * @param store where the record lies
     * @return what was asked for
     * @throws EngineException when the request is wrong or the store cannot be read or written
     */
    @NonNull
    public byte[] records(@NonNull byte[] request, @NonNull File store) throws EngineException {
        checkBytes(request, "request");
        String path = checkFile(store, "store");
        return call(() -> Native.records(request, path));
    }

    /** One call of the library. */
    @FunctionalInterface
    private interface Entry {
        @NonNull
        byte[] call() throws EngineException;
    }

    @NonNull
    private static byte[] call(@NonNull Entry entry) throws EngineException {
        try {
            byte[] answer = entry.call();
            if (answer == null) {
                throw new EngineException("internal", "the native library gave no answer", "本地库没有给出结果");
            }
            return answer;
        } catch (LinkageError error) {
            throw new EngineException("no-engine", "the native library could not be loaded: " + error,
                    "无法加载本地库：" + error, error);
        }
    }

    private static void check(@Nullable Object argument, @NonNull String name) throws EngineException {
        if (argument == null) {
            throw new EngineException("bad-argument", name + " is null", "参数 " + name + " 为空");
        }
    }

    private static void checkBytes(@Nullable byte[] argument, @NonNull String name) throws EngineException {
        check(argument, name);
        if (argument.length > LARGEST) {
            throw new EngineException("bad-argument",
                    name + " has " + argument.length + " bytes, more than " + LARGEST,
                    "参数 " + name + " 有 " + argument.length + " 字节，超过上限 " + LARGEST);
        }
    }

    /** A journal or store is named in full: what the working folder is, nobody knows on a phone. */
    @NonNull
    private static String checkFile(@Nullable File argument, @NonNull String name) throws EngineException {
        check(argument, name);
        if (!argument.isAbsolute()) {
            throw new EngineException("bad-argument", name + " is no absolute path: " + argument,
                    "参数 " + name + " 不是绝对路径：" + argument);
        }
        return argument.getPath();
    }
}
