/**
 * The part of the bench that loads the collector over HTTP: processor time per message beside bare handlers in the same run,
 * messages a second, and what happens past saturation. Everything acknowledged must be there afterwards.
 */
import { randomBytes } from 'node:crypto';
import { Agent, request } from 'node:http';
import { cpuOf } from './cpu-of.mjs';

const ROUNDS = 9;
const PER_ROUND = 400;
const AGENT = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';

const hex = (ms) => ms.toString(16).padStart(12, '0') + randomBytes(6).toString('hex');
const bodyOf = (key) => {
  const now = Date.now();
  const message = {
    kind: 'pageview',
    id: hex(now),
    url: `https://shop.example/p${now % 50}`,
    mode: 'audience',
    visitor: hex(now),
  };
  return JSON.stringify({ v: 1, site: key, sentAt: now, messages: [{ ...message, activeMs: 1200, foregroundMs: 1500 }] });
};

/** One request. @returns its status and milliseconds; status 0 when the connection failed. */
function post(agent, origin, path, body) {
  return new Promise((resolve) => {
    const began = performance.now();
    const done = (status) => resolve({ status, ms: performance.now() - began });
    const headers = { 'content-type': 'text/plain', 'user-agent': AGENT, 'accept-language': 'fr' };
    const asked = request(`${origin}${path}`, { method: 'POST', agent, headers }, (answer) => {
      answer.resume();
      answer.on('end', () => done(answer.statusCode));
    });
    asked.on('error', () => done(0));
    asked.end(body);
  });
}

/** Sends with a fixed number of connections until told to stop. */
async function drive(origin, path, key, connections, isOver) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const answers = [];
  const one = async () => {
    while (!isOver(answers.length)) answers.push(await post(agent, origin, path, bodyOf(key)));
  };
  await Promise.all(Array.from({ length: connections }, one));
  agent.destroy();
  return answers;
}

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
const quantile = (values, q) => [...values].sort((a, b) => a - b)[Math.floor(values.length * q)];

/**
 * @param {{origin: string, pid: number | null, call: (path: string) => Promise<any>}} bench from startBench
 * @returns rows of name, value, unit, budget or null, and whether CI holds it; and the processor time of a message before D1, in ms.
 */
export async function measureLoad({ origin, pid, call }) {
  if (!pid) return { rows: [['processor time needs /proc', 1, 'missing', 0, false]], cpuMs: null };
  const { key } = await call('/load/open');
  const paths = ['/bare', '/ours-without-d1', '/insert', '/ours'];
  const cpu = Object.fromEntries(paths.map((path) => [path, []]));
  let acknowledged = 0;
  for (let round = -1; round < ROUNDS; round++)
    for (const path of paths) {
      const before = cpuOf(pid);
      let started = 0;
      const answers = await drive(origin, path, key, 8, () => started++ >= PER_ROUND);
      if (path === '/ours') acknowledged += answers.filter(({ status }) => status === 202).length;
      if (answers.some(({ status }) => status !== 202))
        throw new Error(`${path} answered ${answers.find((a) => a.status !== 202)?.status}`);
      // The first round warms the isolate up.
      if (round >= 0) cpu[path].push(((cpuOf(pid) - before) * 1000) / answers.length);
    }
  const ratio = (a, b) => Number(median(cpu[a].map((ms, i) => ms / cpu[b][i])).toFixed(2));
  const steadyEnd = Date.now() + 5_000;
  const steady = await drive(origin, '/ours', key, 16, () => Date.now() > steadyEnd);
  const floodEnd = Date.now() + 5_000;
  const flood = await drive(origin, '/ours', key, 256, () => Date.now() > floodEnd);
  acknowledged += [...steady, ...flood].filter(({ status }) => status === 202).length;
  const { stored } = await call('/load/stored');
  const ms = steady.map((answer) => answer.ms);
  const odd = flood.filter(({ status }) => ![202, 429, 503].includes(status)).length;
  const rows = [
    [
      'processor time of a message, before D1, beside a handler that parses and checks',
      ratio('/ours-without-d1', '/bare'),
      '×',
      2,
      false,
    ],
    [
      'processor time of a message, with local D1, beside a handler with one bare insert',
      ratio('/ours', '/insert'),
      '×',
      1.3,
      false,
    ],
    ['  ours before D1', Number(median(cpu['/ours-without-d1']).toFixed(2)), 'ms', null, false],
    ['  ours with local D1', Number(median(cpu['/ours']).toFixed(2)), 'ms', null, false],
    ['messages a second, 16 connections, 5 s', Math.round(steady.length / 5), '/s', null, false],
    ['  half of them answered within', Number(quantile(ms, 0.5).toFixed(1)), 'ms', null, false],
    ['  99 % of them answered within', Number(quantile(ms, 0.99).toFixed(1)), 'ms', null, false],
    ['past saturation, 256 connections: answers that are neither 202 nor 429 nor 503', odd, 'answers', 0, false],
    [
      '  99 % answered within',
      Number(
        quantile(
          flood.map((a) => a.ms),
          0.99,
        ).toFixed(0),
      ),
      'ms',
      null,
      false,
    ],
    ['acknowledged messages that are not there, under load and past it', acknowledged - stored, 'messages', 0, false],
  ];
  return { rows, cpuMs: median(cpu['/ours-without-d1']) };
}
