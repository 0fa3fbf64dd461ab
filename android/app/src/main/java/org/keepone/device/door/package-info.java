// SPDX-License-Identifier: Apache-2.0
/**
 * What other programs may ask of this app: dumps for {@code adb}, the verdict for the maker's settings. Every caller is
 * checked, every input bounded; garbage is one line in the log and a refusal.
 */
package org.keepone.device.door;
