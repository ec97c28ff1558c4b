/** The screens of the demo's stores, which stand nowhere, say that they are well: so the fleet looks as it does on a good day. */
import { deviceOf } from '../collector/fleet/device.ts';
import { takeHealth } from '../collector/fleet/health.ts';
import { sealingKeyOf } from '../collector/people/sealed-opt-in.ts';

const WELL = { waiting: 0, optIns: 0, refused: 0, oldestMs: null, storage: 'persistent', errors: [] } as const;
const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes));

/** All kiosks that were seeded; the one that `npm start` offers to enrol speaks for itself. */
export async function keepAlive(env: Env, nowMs: number): Promise<number> {
  const { results } = await env.PEOPLE.prepare(
    "SELECT k.device, s.key FROM kiosks k JOIN sites s ON s.id = k.site WHERE k.name = 'Borne entrée' AND k.device IS NOT NULL AND k.revoked_at IS NULL",
  ).all<{ device: string; key: string }>();
  for (const { device: name, key } of results) {
    const device = await deviceOf(env.PEOPLE, name, nowMs);
    const said = {
      v: 1 as const,
      site: key,
      sentAt: nowMs,
      tag: 'demo',
      boot: '0'.repeat(12),
      health: { ...WELL, errors: [...WELL.errors] },
    };
    if (device) await takeHealth(env.PEOPLE, device, said, sealingKeyOf(env.ADDRESS_SECRET, key), nowMs, random);
  }
  return results.length;
}
