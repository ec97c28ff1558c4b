/** The demo shop as its visitors meet it: no dead link, no inline script, the wordings as the registry has them. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DemoServer, startDemoServer } from '../../demo/server.ts';
import { demoWordings } from '../../demo/wordings.ts';

let demo: DemoServer;
let code = 0;
const open = (port: number) =>
  startDemoServer({ port, tagOrigin: 'http://tag.invalid', siteKey: 'KEY"', issueEnrolmentCode: async () => `code${++code}` });
const read = async (path: string, headers: Record<string, string> = {}) => {
  const response = await fetch(demo.origin + path, { redirect: 'manual', headers });
  return { status: response.status, headers: response.headers, text: await response.text() };
};

beforeAll(async () => {
  demo = await open(0);
});
afterAll(() => demo.close());

it('has no dead link, and at least twenty pages', async () => {
  const seen = new Set<string>();
  const waiting = ['/', '/en/'];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const { status, text, headers } = await read(path);
    expect([path, status]).toEqual([path, 200]);
    if (!headers.get('content-type')?.includes('html')) continue;
    expect(text).not.toMatch(/<script>| style="| on[a-z]+="/);
    expect(text.match(/(?:href|src|action)="https?:[^"]*"/g) ?? []).toEqual(['src="http://tag.invalid/c.js"']);
    for (const [, href = ''] of text.matchAll(/(?:href|src|action)="(\/[^"#]*)"/g)) waiting.push(href);
  }
  expect(seen.size).toBeGreaterThan(40);
});

it('carries the tag, its mode chosen by the visitor', async () => {
  expect((await read('/')).text).toContain(
    '<script defer src="http://tag.invalid/c.js" data-site="KEY&quot;" data-mode="audience" data-page-group="home">',
  );
  expect((await read('/', { cookie: 'mesure=engagement' })).text).toContain('data-mode="engagement"');
  expect((await read('/')).headers.get('content-security-policy')).toContain("script-src 'self' http://tag.invalid;");
});

it('shows each wording exactly, with no box ticked', async () => {
  for (const wording of demoWordings) {
    const { text } = await read(wording.language === 'en' ? '/en/newsletter' : '/newsletter');
    const form = text.slice(text.indexOf('<form'), text.indexOf('</form>'));
    expect(form).toContain(`data-comptoir-optin="${wording.id}"`);
    for (const said of [wording.title, wording.note, ...wording.boxes.map(({ label }) => label)]) expect(form).toContain(said);
    expect(form.match(/type="checkbox" name="(\w+)"/g)).toHaveLength(wording.boxes.length);
    expect(form).not.toContain('checked');
  }
});

it('answers an unknown page with its own 404, and an enrolment with a fresh code', async () => {
  expect(await read('/rien')).toMatchObject({ status: 404, text: expect.stringContaining('infusé trop longtemps') });
  expect(await read('/assets/../server.ts')).toMatchObject({ status: 404 });
  const [first, second] = [await read('/kiosk/enrol'), await read('/kiosk/enrol')];
  expect([first.status, first.headers.get('location'), second.headers.get('location')]).toEqual([
    302,
    '/kiosk/#enrol=code1',
    '/kiosk/#enrol=code2',
  ]);
});

it('says which port is busy', async () => {
  const port = Number(new URL(demo.origin).port);
  await expect(open(port)).rejects.toThrow(`Port ${port} on 127.0.0.1 is already in use`);
});
