// SPDX-License-Identifier: Apache-2.0
/**
 * Collects facts for the engine and judges nothing. Takes the platform's answers, gives the JSON of a snapshot; what the
 * platform withholds is listed with its reason and never left out in silence.
 */
package org.keepone.device.read;
