// SPDX-License-Identifier: Apache-2.0
/**
 * Holds what the user chose: after a start of the phone, an update, a change of a package, a switch of users. Has the engine
 * compare and set again; decides nothing itself.
 */
package org.keepone.device.keep;
