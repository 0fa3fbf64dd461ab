// SPDX-License-Identifier: Apache-2.0
/**
 * Brings the record of processing what happens: live app-ops, the platform's history where nobody watched, grants and revokes,
 * packages that come and go. Which ops belong to it, the engine says. Memory is bounded, and what did not fit is counted.
 */
package org.keepone.device.record;
