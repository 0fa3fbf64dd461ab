// SPDX-License-Identifier: Apache-2.0
/**
 * What Robolectric takes from {@code androidx.test:monitor}, which is published where this project's builds do not
 * look. The names and signatures are those that Robolectric links against; the bodies are ours, and do what tests of
 * one app in one process need.
 */
package androidx.test;
