/** The Worker's secrets: made once, kept in a file of this machine, never made again. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { stop } from './install.mjs';
import { SECRETS } from './secret-names.mjs';

export const readSecretsFile = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {});

/**
 * Which secrets the Worker lacks, with their values. What this machine kept is used first: a deployment that broke off goes on with it.
 *
 * @param {string[]} there names that the Worker has.
 * @returns the values to upload, empty when there is nothing to do.
 */
export function missingSecrets(there, file) {
  const kept = readSecretsFile(file);
  const missing = SECRETS.filter((name) => !there.includes(name));
  // A newer version may know one more. Without the file, nobody knows whether it was lost.
  if (missing.length > 0 && there.some((name) => SECRETS.includes(name)) && Object.keys(kept).length === 0)
    stop(
      `The Worker has some of its secrets and lacks ${missing.join(', ')}. A new value may make what is stored unreadable: copy ${file} from the machine of the first deployment, or set it with “npx wrangler secret put NAME”.`,
    );
  const values = Object.fromEntries(missing.map((name) => [name, kept[name] ?? randomBytes(32).toString('base64')]));
  if (missing.length > 0) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify({ ...kept, ...values }, null, 2), { mode: 0o600 });
  }
  return values;
}
