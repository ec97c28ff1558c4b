/** The tag's files as a brand's page gets them: the moving ones for an hour, the pinned ones for good, all of them across hosts. */
import { expect, test } from 'vitest';
import { isTagFile, serveTagFile } from '../../collector/collect/tag-files.ts';

const PINNED = '/c.v1.0123456789ab.js';
const assets: Fetcher = {
  fetch: async (input) => {
    const { pathname } = new URL(input instanceof Request ? input.url : input);
    return pathname.includes('ffff') ? new Response('no', { status: 404 }) : new Response(`let file='${pathname}'`);
  },
  connect: () => {
    throw new Error('nobody connects to assets');
  },
};
const ask = (path: string) => serveTagFile(assets, new URL(`https://brand.example${path}?from=cache`));

test('the tag files and nothing else', () => {
  for (const path of ['/c.js', '/c.x.js', '/c.o.js', '/c.k.js', '/kiosk.js', '/kiosk.x.js', '/kiosk.s.js', '/kiosk.m.js', PINNED])
    expect(isTagFile(path)).toBe(true);
  for (const path of [
    '/c',
    '/c.v1.js',
    '/c.v1.0123456789AB.js',
    '/c.v1.0123456789abc.js',
    `/d${PINNED}`,
    '/c.v2.0123456789ab.js',
    '/pinned.json',
    '/d/overview.js',
  ])
    expect(isTagFile(path)).toBe(false);
});

test('a pinned file is kept for good, the moving ones for an hour', async () => {
  expect((await ask(PINNED)).headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  for (const path of ['/c.js', '/c.x.js'])
    expect((await ask(path)).headers.get('cache-control')).toMatch(/^public, max-age=3600,/);
});

test('every one of them may be checked by a page of another host', async () => {
  for (const path of ['/c.js', PINNED]) {
    const { status, headers } = await ask(path);
    expect(status).toBe(200);
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    expect(headers.get('content-type')).toMatch(/^text\/javascript/);
    expect(headers.get('set-cookie')).toBeNull();
  }
});

test('a file that is not there is not remembered', async () => {
  const { status, headers } = await ask('/c.v1.ffffffffffff.js');
  expect([status, headers.get('cache-control')]).toEqual([404, 'no-store']);
});
