// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.read;

import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;
import org.keepone.annotation.WorkerThread;
import org.keepone.device.Document;
import org.keepone.engine.EngineException;
import org.keepone.engine.PackageReader;

/**
 * The facts of packages that switches are made of: what the platform says of each, united by the engine with its manifest.
 * The platform alone tells of no filter but those that answered a question.
 */
@WorkerThread
public final class UnitedFacts {
    /** What reads through a reader and unites: {@code Engine.judge}. */
    @FunctionalInterface
    public interface Judge {
        /**
         * Reads and judges.
         *
         * @param reader what is asked about the phone
         * @param options what is wanted
         * @return the documents wanted
         * @throws EngineException when the engine could not
         */
        @NonNull
        byte[] judge(@NonNull PackageReader reader, @NonNull byte[] options) throws EngineException;
    }

    private final Judge judge;
    private final PackageReader reader;
    private final String root;
    @Nullable private byte[] device;

    /**
     * Takes what it asks through.
     *
     * @param judge the engine
     * @param reader reads the packages; asked on the thread that asks here
     * @param root the folder below which the packages' files lie at the paths that the platform names
     */
    public UnitedFacts(@NonNull Judge judge, @NonNull PackageReader reader, @NonNull String root) {
        this.judge = judge;
        this.reader = reader;
        this.root = root;
    }

    /**
     * Reads one package.
     *
     * @param name its name
     * @return its facts, {@code null} when it is not on the phone or was not read
     * @throws EngineException when the engine could not
     * @throws JSONException when the engine's answer is of no known form
     */
    @Nullable
    public JSONObject of(@NonNull String name) throws EngineException, JSONException {
        JSONObject options = new JSONObject().put("want", new JSONArray().put("snapshot")).put("root", root);
        JSONArray packages = Document.object(judge.judge(new One(name), Document.bytes(options)))
                .getJSONObject("snapshot")
                .getJSONArray("packages");
        return packages.optJSONObject(0);
    }

    /** What is not whole on this phone bears on every package; the rest of the phone does not, and would come back each time. */
    @NonNull
    private byte[] device() throws Exception {
        if (device == null) {
            JSONObject whole = Document.object(reader.device());
            JSONObject part = new JSONObject();
            for (String name : new String[] {"users", "not-read"}) {
                part.putOpt(name, whole.opt(name));
            }
            device = Document.bytes(part);
        }
        return device;
    }

    /** The reader, of one package. */
    private final class One implements PackageReader {
        private final String name;

        One(@NonNull String name) {
            this.name = name;
        }

        @Override
        public int count() {
            return 1;
        }

        @Override
        @NonNull
        public String[] names() {
            return new String[] {name};
        }

        @Override
        @NonNull
        public byte[] device() throws Exception {
            return UnitedFacts.this.device();
        }

        @Override
        @Nullable
        public byte[] read(@NonNull String asked) throws Exception {
            return reader.read(asked);
        }

        @Override
        public void progress(int done, int of) {
            // One package is no progress.
        }
    }
}
