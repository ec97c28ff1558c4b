/** GET /w/KEY/ID: the public text of a wording, kept for good by whoever has it; nothing else of a site can be read there. */
import { createExecutionContext, env } from 'cloudflare:test';
import { beforeAll, expect, test } from 'vitest';
import { wordingRoute } from '../../collector/collect/wording-route.ts';
import { addWording } from '../../collector/people/wordings.ts';
import type { Site } from '../../collector/store/sites.ts';
import { makeCollector, makeSite, sender, WORDING } from './fixture.ts';

const NOW = Date.parse('2026-10-20T12:00:00Z');
let site: Site;
let other: Site;
let open = true;
beforeAll(async () => {
  site = await makeSite(NOW);
  other = await makeSite(NOW);
  await addWording(env.PEOPLE, other.id, { ...WORDING, id: 'only-theirs' }, NOW);
});

const route = wordingRoute<typeof env>(() => ({
  collector: { ...makeCollector({ now: NOW }), shedder: { limit: async () => ({ success: open }) } },
  sender: sender(),
}));
const ask = (path: string, init: RequestInit = {}) =>
  route.fetch(new Request(`https://brand.example${path}`, init), env, createExecutionContext());

test('what the person sees and agrees to, for every page, for good, whoever asks', async () => {
  const answer = await ask(`/w/${site.key}/newsletter-fr-1`, {
    headers: { cookie: 'session=1', origin: 'https://shop.example' },
  });
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual(WORDING);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'access-control-allow-origin': '*',
    'cache-control': 'public, max-age=31536000, immutable',
    'content-type': expect.stringContaining('application/json'),
    'cross-origin-resource-policy': 'cross-origin',
  });
  expect(answer.headers.get('set-cookie')).toBeNull();
});

test.each([
  ['another wording', () => `/w/${site.key}/newsletter-fr-2`],
  ["another site's wording", () => `/w/${site.key}/only-theirs`],
  ['an invented site', () => '/w/abcdefgh/newsletter-fr-1'],
  ['no site', () => '/w/%00/newsletter-fr-1'],
  ['an address that is none', () => `/w/${site.key}/%F0%9F%92%A9'--`],
])('%s is not there, and that is not remembered', async (_, path) => {
  const answer = await ask(path());
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([404, 'no-store']);
});

test('many questions from one network are told to wait', async () => {
  open = false;
  const answer = await ask(`/w/${site.key}/newsletter-fr-1`);
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([429, 'no-store']);
});
