// SPDX-License-Identifier: Apache-2.0
package org.keepone.device;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Locale;

import org.json.JSONException;
import org.json.JSONObject;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.runner.RunWith;
import org.keepone.harness.PhoneFiles;
import org.keepone.harness.PhoneRunner;
import org.robolectric.annotation.Config;

/** The maker's files arrive whole, in the order of their weight, or are told as mistakes. */
@RunWith(PhoneRunner.class)
@Config(sdk = 34) // Files are the same on every release.
public final class VendorLayersTest {
    @Rule public final TemporaryFolder root = new TemporaryFolder();

    private void write(String path, byte[] bytes) throws IOException {
        File file = new File(root.getRoot(), path);
        file.getParentFile().mkdirs();
        Files.write(file.toPath(), bytes);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    public void partitionsWeighInTheirOrderAndFilesInTheirs() throws IOException, JSONException {
        write("odm/etc/keepone/a.toml", text("x = 1\n"));
        write("product/etc/keepone/b.toml", text("y = \"设置\"\n"));
        write("product/etc/keepone/a.toml", text(""));
        write("product/etc/keepone/functions.toml", text("claims"));
        write("product/etc/keepone/readme.txt", text("none"));
        write("system/etc/keepone/z.toml", text("not a partition of layers"));
        VendorLayers layers = VendorLayers.read(root.getRoot());
        assertEquals(3, layers.layers().length());
        String[] paths = {"/product/etc/keepone/a.toml", "/product/etc/keepone/b.toml", "/odm/etc/keepone/a.toml"};
        for (int i = 0; i < paths.length; i++) {
            assertEquals(paths[i], layers.layers().getJSONObject(i).getString("path"));
        }
        JSONObject second = layers.layers().getJSONObject(1);
        assertEquals("product", second.getString("partition"));
        assertEquals("y = \"设置\"\n", second.getString("text"));
        assertTrue(layers.mistakes().isEmpty());
    }

    @Test
    public void whatIsNoTextOrTooLargeIsAMistakeAndNotUsed() throws IOException {
        write("vendor/etc/keepone/binary.toml", new byte[] {(byte) 0xff, 0, 1});
        write("vendor/etc/keepone/large.toml", new byte[300 << 10]);
        write("vendor/etc/keepone/whole.toml", text("a = 1"));
        new File(root.getRoot(), "vendor/etc/keepone/folder.toml").mkdirs();
        VendorLayers layers = VendorLayers.read(root.getRoot());
        assertEquals(1, layers.layers().length());
        assertEquals(3, layers.mistakes().size());
        for (VendorLayers.Mistake mistake : layers.mistakes()) {
            assertTrue(mistake.path().startsWith("/vendor/etc/keepone/"));
            assertTrue(!mistake.message().in(Locale.ENGLISH).equals(mistake.message().in(Locale.SIMPLIFIED_CHINESE)));
        }
    }

    @Test
    public void aPhoneWithoutFilesHasNoLayers() {
        VendorLayers layers = VendorLayers.read(root.getRoot());
        assertEquals(0, layers.layers().length());
        assertTrue(layers.mistakes().isEmpty());
    }

    @Test
    public void aFolderThatCannotBeReadIsToldAndTheOthersAreUsed() throws IOException {
        PhoneFiles.locks(new File(root.getRoot(), "product/etc/keepone"));
        PhoneFiles.hides(new File(root.getRoot(), "odm/etc/keepone"));
        write("system_ext/etc/keepone", text("a file in the folder's place"));
        write("vendor/etc/keepone/whole.toml", text("a = 1"));
        VendorLayers layers = VendorLayers.read(root.getRoot());
        assertEquals(1, layers.layers().length());
        String[][] said = {
            {"/system_ext/etc/keepone", "is no folder", "不是文件夹"},
            {"/product/etc/keepone", "may not be read, so no file in it is used", "无权读取"},
            {"/odm/etc/keepone", "whether there is such a folder cannot be read", "无法得知此文件夹是否存在"},
        };
        assertEquals(said.length, layers.mistakes().size());
        for (int i = 0; i < said.length; i++) {
            VendorLayers.Mistake mistake = layers.mistakes().get(i);
            assertEquals(said[i][0], mistake.path());
            String english = mistake.message().in(Locale.ENGLISH);
            String chinese = mistake.message().in(Locale.SIMPLIFIED_CHINESE);
            assertTrue(english, english.contains(said[i][1]));
            assertTrue(chinese, chinese.contains(said[i][2]));
        }
    }
}
