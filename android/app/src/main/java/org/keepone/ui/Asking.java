// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.concurrent.Callable;

import org.json.JSONException;
import org.json.JSONObject;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.WorkerThread;
import org.keepone.device.Places;
import org.keepone.engine.Engine;
import org.keepone.engine.EngineException;
import org.keepone.ui.model.Failure;
import org.keepone.ui.model.Wording;

/** Puts requests to the engine: JSON there and back, one call at a time where files are written, failures told to people. */
@WorkerThread
final class Asking {
    /** A piece of work with the engine. */
    interface Work<T> {
        T done() throws EngineException, IOException, JSONException;
    }

    /** One call of the engine. */
    interface Call {
        @NonNull
        byte[] answer() throws EngineException;
    }

    private final Engine engine = new Engine();

    @NonNull
    Engine engine() {
        return engine;
    }

    /** Does the work; whatever goes wrong is a failure in both languages. */
    <T> T ask(@NonNull Work<T> work) throws Failure {
        try {
            return work.done();
        } catch (EngineException refused) {
            Wording said = new Wording(refused.message(Locale.ENGLISH), refused.message(Locale.CHINESE));
            throw new Failure(refused.code(), said, refused);
        } catch (IOException failed) {
            throw failure("failed", "a file could not be used: " + failed.getMessage(), "无法使用文件：" + failed.getMessage());
        } catch (JSONException malformed) {
            throw failure(
                    "internal",
                    "the engine's answer is of no known form: " + malformed.getMessage(),
                    "引擎的回答格式未知：" + malformed.getMessage());
        }
    }

    /** Asks the hand itself, which may throw anything: the engine takes that as a rule, here it is asked by us. */
    @NonNull
    byte[] answer(@NonNull Callable<byte[]> hand) throws EngineException {
        try {
            return hand.call();
        } catch (Exception failed) {
            throw new EngineException("callback", "the phone does not answer: " + failed, "手机没有应答：" + failed);
        }
    }

    /** Makes a call that works with one of our files, alone. */
    @NonNull
    byte[] inTurn(@NonNull Call call) throws EngineException {
        Places.turn().lock();
        try {
            return call.answer();
        } finally {
            Places.turn().unlock();
        }
    }

    @NonNull
    static Failure failure(@NonNull String code, @NonNull String en, @NonNull String zh) {
        return new Failure(code, new Wording(en, zh), null);
    }

    /** Returns the time of the clock, as the engine takes it. */
    @NonNull
    static String now() {
        return seconds(Instant.now());
    }

    @NonNull
    static String seconds(@NonNull Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** Begins a request. */
    @NonNull
    static JSONObject request(@NonNull String name, @NonNull String value) {
        try {
            return new JSONObject().put(name, value);
        } catch (JSONException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @NonNull
    static byte[] bytes(@NonNull Object json) {
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    @NonNull
    static String text(@NonNull byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
