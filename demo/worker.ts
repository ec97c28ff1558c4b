/** A second Worker beside the real one, only on a laptop: seeds the demo and issues codes for its kiosk. Reached by `npm start`, never by the network. */
import { issueCode } from '../collector/fleet/enrolment.ts';
import { keepAlive } from './keep-alive.ts';
import { DEMO_ACCOUNT, seedDemo } from './seed.ts';

const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes));

async function spareKiosk(env: Env): Promise<{ id: number; key: string } | null> {
  return env.PEOPLE.prepare(
    "SELECT k.id, s.key FROM kiosks k JOIN sites s ON s.id = k.site WHERE k.name = 'Borne de démonstration' LIMIT 1",
  ).first<{ id: number; key: string }>();
}

export default {
  async fetch(request, env) {
    const url = new URL(request.url);
    if (url.pathname === '/seed') {
      const seeded = await seedDemo(env, {
        shopOrigin: url.searchParams.get('shop') ?? '',
        nowMs: Number(url.searchParams.get('now')),
        days: Number(url.searchParams.get('days')),
      });
      return Response.json({ seeded, account: DEMO_ACCOUNT, siteKey: (await spareKiosk(env))?.key });
    }
    if (url.pathname === '/enrolment-code') {
      const kiosk = await spareKiosk(env);
      return kiosk
        ? Response.json({ code: await issueCode(env.PEOPLE, kiosk.id, Date.now(), random) })
        : Response.json({ error: 'no kiosk' }, { status: 404 });
    }
    if (url.pathname === '/keep-alive') return Response.json({ kiosks: await keepAlive(env, Date.now()) });
    return new Response('Not found', { status: 404 });
  },
} satisfies ExportedHandler<Env>;
