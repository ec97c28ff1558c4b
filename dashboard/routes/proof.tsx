/** Proofs of consent: for stewards, with a reason, each written down before anything is opened. And the key that they are signed with, for everybody. */
import { type Context, Hono } from 'hono';
import { noteAudit } from '../../collector/access/audit.ts';
import { hasChain, makeProof } from '../../collector/people/proof.ts';
import { fingerprint, signingKey } from '../../collector/people/signing-key.ts';
import { verifyProof } from '../../collector/people/verify-proof.ts';
import { readStoreNames } from '../../collector/report/labels.ts';
import { ProofForm, ProofPage } from '../pages/proof.tsx';
import { type App, formOf, type Visit, visitOf } from './context.ts';
import { missing } from './missing.tsx';

const REASON_CHARS = 200;
const MIN_REASON = 5;
const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes));

async function answer(c: Context<App>, { ui, frame, site, viewer }: Visit, person: string) {
  const form = await formOf(c);
  const typed = form.get('reason');
  const reason = typeof typed === 'string' ? typed.trim().slice(0, REASON_CHARS) : '';
  if (!(await hasChain(c.env.PEOPLE, site.id, person))) return missing(c);
  if (reason.length < MIN_REASON) return c.html(<ProofForm {...{ ui, frame, site, person }} problem />, 422);
  const act = { site: site.id, actor: `user ${viewer.userId}`, action: 'export_proof' as const, person, reason };
  await noteAudit(c.env.PEOPLE, act, ui.nowMs, random);
  const proof = await makeProof(c.env, site, person, ui.nowMs);
  if (!proof) return missing(c);
  if (form.get('as') !== 'file')
    return c.html(
      <ProofPage
        {...{ ui, frame, site, person, proof }}
        verdict={await verifyProof(proof)}
        stores={(await readStoreNames(c.env.PEOPLE, site.id)).stores}
      />,
    );
  return c.body(JSON.stringify(proof, null, 2), 200, {
    'content-type': 'application/json; charset=utf-8',
    'content-disposition': `attachment; filename="proof-${person.slice(0, 8)}.json"`,
  });
}

export const proofRoutes = new Hono<App>()
  .get('/s/:key/people/:person/proof', async (c) => {
    const visit = await visitOf(c, c.req.param('key'), 'see_addresses');
    if (visit === null) return missing(c);
    if (visit instanceof Response) return visit;
    return c.html(
      <ProofForm ui={visit.ui} frame={visit.frame} site={visit.site} person={c.req.param('person')} problem={false} />,
    );
  })
  .post('/s/:key/people/:person/proof', async (c) => {
    const visit = await visitOf(c, c.req.param('key'), 'see_addresses');
    if (visit === null) return missing(c);
    return visit instanceof Response ? visit : answer(c, visit, c.req.param('person'));
  })
  // Whoever checks a proof compares it with the key that the brand shows here.
  .get('/ledger-key.json', async (c) => {
    if (!c.env.LEDGER_SECRET) return missing(c);
    const { publicKey } = await signingKey(c.env.LEDGER_SECRET);
    return c.json({ algorithm: 'Ed25519', publicKey, fingerprint: fingerprint(publicKey) });
  });
