/** Writes the sample exports beside this file: `node samples/make-samples.js`. The same bytes each time. */
import { writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { discountsSample } from './generator/discounts.js';
import { fxiaokeSample } from './generator/fxiaoke.js';
import { hubspotSample } from './generator/hubspot.js';
import { leadsSample } from './generator/leads.js';
import { ownKindSample } from './generator/own-kind.js';
import { salesforceSample } from './generator/salesforce.js';
import { weeklySample } from './generator/weekly.js';

/**
 * All samples in memory.
 *
 * @returns {Promise<Map<string, Uint8Array>>} path from the samples folder → contents
 */
export async function makeSamples() {
  return new Map([
    ...salesforceSample(),
    ...hubspotSample(),
    ...(await fxiaokeSample()),
    ...discountsSample(),
    ...ownKindSample(),
    ...leadsSample(),
    ...weeklySample(),
  ]);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const [path, bytes] of await makeSamples()) await writeFile(new URL(path, import.meta.url), bytes);
}
