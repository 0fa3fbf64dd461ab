// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.read;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

import android.content.pm.PackageInfo;
import android.content.pm.Signature;
import android.content.pm.SigningInfo;
import android.os.Build;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;

/** Parts of {@code PackageInfo} that came later or are hidden: {@code null} where they are kept from this app. */
final class PackageInfoCompat {
    private PackageInfoCompat() {
    }

    /** {@code getLongVersionCode} since Android 9. */
    @SuppressWarnings("deprecation")
    static long versionCode(@NonNull PackageInfo info) {
        return Build.VERSION.SDK_INT >= 28 ? info.getLongVersionCode() : info.versionCode;
    }

    /** {@code manifest/@coreApp}. */
    @Nullable
    static Boolean coreApp(@NonNull PackageInfo info) {
        try {
            return info.coreApp;
        } catch (LinkageError kept) {
            return null;
        }
    }

    /** {@code application/@requiredForAllUsers}. */
    @Nullable
    static Boolean requiredForAllUsers(@NonNull PackageInfo info) {
        try {
            return info.requiredForAllUsers;
        } catch (LinkageError kept) {
            return null;
        }
    }

    /** {@code overlay/@targetPackage}; {@code null} also for what is no overlay. */
    @Nullable
    static String overlayTarget(@NonNull PackageInfo info) {
        try {
            return info.overlayTarget;
        } catch (LinkageError kept) {
            return null;
        }
    }

    /** Whether the APK is a stub for a compressed app beside it. */
    static boolean isStub(@NonNull PackageInfo info) {
        try {
            return info.isStub;
        } catch (LinkageError kept) {
            return false;
        }
    }

    /**
     * SHA-256 of each signing certificate, {@code null} when the platform gave none. Those of the APK itself, not of its
     * history.
     */
    @SuppressWarnings("deprecation")
    @Nullable
    static List<String> signers(@NonNull PackageInfo info) {
        Signature[] signatures;
        if (Build.VERSION.SDK_INT >= 28) {
            SigningInfo signing = info.signingInfo;
            signatures = signing == null ? null : signing.getApkContentsSigners();
        } else {
            signatures = info.signatures;
        }
        if (signatures == null || signatures.length == 0) {
            return null;
        }
        List<String> digests = new ArrayList<>();
        for (Signature signature : signatures) {
            digests.add(sha256(signature.toByteArray()));
        }
        return digests;
    }

    @NonNull
    private static String sha256(@NonNull byte[] bytes) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
        StringBuilder hex = new StringBuilder(64);
        for (byte each : digest.digest(bytes)) {
            hex.append(Character.forDigit((each >> 4) & 0xf, 16)).append(Character.forDigit(each & 0xf, 16));
        }
        return hex.toString();
    }
}
