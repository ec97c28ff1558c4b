/** What `npm start` says when it cannot: one sentence that tells what to do. */
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';

function startWith(env: Record<string, string>): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, ['commands/start.mjs'], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  return new Promise((resolve) => child.once('exit', (code) => resolve({ code, said: said.trim() })));
}

test('a busy port', async () => {
  const busy = createServer().listen(18_990, '127.0.0.1');
  try {
    const { code, said } = await startWith({ COMPTOIR_PORT: '18990', COMPTOIR_DATA: '/tmp/comptoir-never' });
    expect(code).toBe(1);
    expect(said).toBe('Port 18990 is in use by another program. Stop it, or choose another port: COMPTOIR_PORT=8900 npm start');
  } finally {
    busy.close();
  }
});

test('a port that is none', async () => {
  expect(await startWith({ COMPTOIR_PORT: 'eighty' })).toEqual({
    code: 1,
    said: 'COMPTOIR_PORT must be a port number between 1 and 65535.',
  });
});

test('a folder that cannot be written', async () => {
  const { code, said } = await startWith({ COMPTOIR_PORT: '18992', COMPTOIR_DATA: '/etc/hostname/comptoir' });
  expect(code).toBe(1);
  expect(said).toBe(
    'Comptoir cannot write into /etc/hostname/comptoir. Give yourself write access, or choose another folder: COMPTOIR_DATA=/some/folder npm start',
  );
});
