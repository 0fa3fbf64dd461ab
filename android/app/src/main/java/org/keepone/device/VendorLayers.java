// SPDX-License-Identifier: Apache-2.0
package org.keepone.device;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import android.system.ErrnoException;
import android.system.Os;
import android.system.OsConstants;

import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.WorkerThread;

/**
 * The maker's choice of keepers and profile: {@code etc/keepone/*.toml} of the partitions, in the order in which they weigh. The
 * text goes to the engine, which knows what it means; a file that cannot be read whole is told and not used in part.
 */
public final class VendorLayers {
    private static final String[] PARTITIONS = {"system_ext", "product", "vendor", "odm"};

    /** The maker's word about what its apps are for: a claim, no layer of the rule. */
    private static final String CLAIMS = "functions.toml";

    private static final int MOST_FILES = 32;
    private static final int LARGEST = 256 << 10;

    /** A file or folder that is not used, and why. */
    public static final class Mistake {
        private final String path;
        private final TwoLanguages message;

        Mistake(@NonNull String path, @NonNull TwoLanguages message) {
            this.path = path;
            this.message = message;
        }

        /** Returns the file or folder. */
        @NonNull
        public String path() {
            return path;
        }

        /** Returns what is wrong with it. */
        @NonNull
        public TwoLanguages message() {
            return message;
        }
    }

    private final JSONArray layers = new JSONArray();
    private final List<Mistake> mistakes = new ArrayList<>();

    private VendorLayers() {
    }

    /** Reads the layers of this phone. */
    @WorkerThread
    @NonNull
    public static VendorLayers read() {
        return read(new File("/"));
    }

    /** Reads the layers below a folder that stands for the root of a phone. */
    @WorkerThread
    @NonNull
    public static VendorLayers read(@NonNull File root) {
        VendorLayers read = new VendorLayers();
        for (String partition : PARTITIONS) {
            File folder = new File(root, partition + "/etc/keepone");
            String[] names = folder.list((in, name) -> name.endsWith(".toml") && !CLAIMS.equals(name));
            String path = "/" + partition + "/etc/keepone";
            if (names == null) {
                read.unlisted(folder, path);
                continue;
            }
            Arrays.sort(names);
            for (String name : names) {
                read.take(partition, new File(folder, name), path + "/" + name);
            }
        }
        return read;
    }

    /** No such folder is the rule. What may lie in one that cannot be listed, or looked for, is told: it is not used. */
    private void unlisted(@NonNull File folder, @NonNull String path) {
        try {
            if (OsConstants.S_ISDIR(Os.stat(folder.getPath()).st_mode)) {
                mistakes.add(new Mistake(path, new TwoLanguages("this folder may not be read, so no file in it is used",
                        "无权读取此文件夹，其中的文件均未使用")));
            } else {
                mistakes.add(new Mistake(path, new TwoLanguages("is no folder", "不是文件夹")));
            }
        } catch (ErrnoException failed) {
            if (failed.errno != OsConstants.ENOENT && failed.errno != OsConstants.ENOTDIR) {
                mistakes.add(new Mistake(path, new TwoLanguages(
                        "whether there is such a folder cannot be read, so no file in it is used: " + failed.getMessage(),
                        "无法得知此文件夹是否存在，其中的文件均未使用：" + failed.getMessage())));
            }
        }
    }

    private void take(@NonNull String partition, @NonNull File file, @NonNull String path) {
        if (layers.length() >= MOST_FILES) {
            mistakes.add(new Mistake(path, new TwoLanguages("more than " + MOST_FILES + " files; this one is not used",
                    "文件超过 " + MOST_FILES + " 个，未使用此文件")));
            return;
        }
        try {
            layers.put(new JSONObject().put("path", path).put("partition", partition).put("text", text(file)));
        } catch (CharacterCodingException notText) {
            mistakes.add(new Mistake(path, new TwoLanguages("is no UTF-8 text", "不是 UTF-8 文本")));
        } catch (IOException | SecurityException unreadable) {
            mistakes.add(new Mistake(path, new TwoLanguages("cannot be read: " + unreadable.getMessage(),
                    "无法读取：" + unreadable.getMessage())));
        } catch (JSONException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @NonNull
    private static String text(@NonNull File file) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        try (InputStream in = new FileInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                bytes.write(buffer, 0, read);
                if (bytes.size() > LARGEST) {
                    throw new IOException("more than " + LARGEST + " bytes");
                }
            }
        }
        // Strict: a byte that is no text is a mistake of the file, not a question mark in it.
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())).toString();
    }

    /** Returns the layers as {@code judge} takes them: {@code [{"path":…,"partition":…,"text":…}]}. */
    @NonNull
    public JSONArray layers() {
        return layers;
    }

    /** Returns the files and folders that are not used. */
    @NonNull
    public List<Mistake> mistakes() {
        return Collections.unmodifiableList(mistakes);
    }
}
