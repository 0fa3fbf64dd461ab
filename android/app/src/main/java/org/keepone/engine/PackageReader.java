// SPDX-License-Identifier: Apache-2.0
package org.keepone.engine;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;

/**
 * What the engine asks about the phone while it judges. It is called on the thread that called {@link Engine#judge}, one
 * call per package. Every method may throw: the engine notes what was not read, and why, and goes on.
 *
 * <p>JSON is UTF-8, kebab-case, with the field names of a snapshot ({@code config/schema/snapshot.json}). What the platform
 * hides is listed under {@code not-read} as {@code {"what": …, "because": …}} and never left out in silence; {@code
 * because} is one of {@code needs-permission hidden-user gone timed-out too-large not-on-this-release failed}, or
 * {@code {"why": one of these, "detail": text}}.
 */
@CalledFromNative
public interface PackageReader {
    /**
     * Counts the packages of all users, each name once, by the cheapest query there is. The engine compares it with what it
     * is given afterwards, so that a short answer of the platform is noticed.
     *
     * @return how many
     * @throws Exception when they could not be counted
     */
    @CalledFromNative
    int count() throws Exception;

    /**
     * Lists the package names of all users, each once, with those that are hidden or uninstalled for a user.
     *
     * @return the names
     * @throws Exception when they could not be listed
     */
    @CalledFromNative
    @NonNull
    String[] names() throws Exception;

    /**
     * Tells about the phone as a whole: {@code {"device": …, "users": […], "default-holders": […], "system-config": …,
     * "not-read": […]}}.
     *
     * @return JSON
     * @throws Exception when nothing could be told
     */
    @CalledFromNative
    @NonNull
    byte[] device() throws Exception;

    /**
     * Tells about one package: {@code {"package": …, "not-read": […]}}. {@code what} of an entry names the list that is
     * not whole ({@code activities}, {@code receivers}, {@code services}, {@code providers}, {@code permissions}), a user
     * ({@code user 10}), or a fact.
     *
     * @param name a package name as {@link #names} gave it
     * @return JSON, or {@code null} when the package is gone
     * @throws Exception when it could not be read
     */
    @CalledFromNative
    @Nullable
    byte[] read(@NonNull String name) throws Exception;

    /**
     * Is told now and then how far the reading has come.
     *
     * @param done packages read
     * @param of packages in all
     * @throws Exception which changes nothing
     */
    @CalledFromNative
    void progress(int done, int of) throws Exception;
}
