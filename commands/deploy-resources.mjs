/** What wrangler.toml names and the account does not have yet. */
import { readFileSync, writeFileSync } from 'node:fs';

/** A database without an id of an account: made of zeros in the file as it comes. */
const isUnnamed = ({ database_id = '' }) => /^(0{8}-.*)?$/.test(database_id);

/** @returns the names that the configuration uses, by kind. */
export const namedIn = (config) => ({
  databases: config.d1_databases.map((database) => ({
    name: database.database_name,
    binding: database.binding,
    id: isUnnamed(database) ? undefined : database.database_id,
    was: database.database_id,
  })),
  queues: [
    ...new Set([...config.queues.producers.map(({ queue }) => queue), ...config.queues.consumers.map(({ queue }) => queue)]),
  ],
  buckets: config.r2_buckets.map(({ bucket_name }) => bucket_name),
});

/**
 * Makes what is missing, and writes the databases' ids into the configuration. Found by name first: a run that broke off goes on.
 *
 * @param {{jurisdiction: string | undefined, say: (line: string) => void}} options
 */
export async function makeResources(account, config, file, { jurisdiction, say }) {
  const named = namedIn(config);
  for (const { name, id, was } of named.databases) {
    if (id) continue;
    const found = await account.findDatabase(name);
    const made = found ?? (await account.makeDatabase(name, jurisdiction));
    say(`${found ? 'Found' : 'Made '} database ${name}`);
    writeFileSync(file, readFileSync(file, 'utf8').replace(`database_id = "${was}"`, `database_id = "${made}"`));
  }
  const queues = await account.queues();
  for (const name of named.queues.filter((queue) => !queues.includes(queue))) {
    await account.makeQueue(name);
    say(`Made  queue ${name}`);
  }
  const buckets = await account.buckets();
  for (const name of named.buckets.filter((bucket) => !buckets.includes(bucket))) {
    await account.makeBucket(name);
    say(`Made  bucket ${name}`);
  }
}
