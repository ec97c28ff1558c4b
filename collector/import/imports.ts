/** The life of an import: read and checked, staged out of sight, shown when somebody says yes, removed as a whole. */
import { createHash } from 'node:crypto';
import { DAY_MS, dayOf, HOUR_MS, startOfDay } from '../store/calendar.ts';
import type { ImportedCell } from '../store/imported-dimensions.ts';
import { daysOfImport, freeDays, hideImport, listImports, SHOWN, showImport, stageImport } from '../store/imports.ts';
import { type Shards, shardFor, shardNamed, shardNames } from '../store/shards.ts';
import type { Site } from '../store/sites.ts';
import { sweepImports } from '../store/sweep-imports.ts';
import type { Findings, LeftOut } from './findings.ts';
import { readImport, TOOLS, type Tool } from './read-import.ts';

/** Who uploaded has a day to say yes. */
const STAGED_MS = DAY_MS;
const SWEEPS_AT_ONCE = 20;

/** What was understood of a file, as it is shown before and after. */
export type About = {
  file: string;
  from: number;
  to: number;
  /** Days with figures in the file. */
  days: number;
  pageviews: number | null;
  visits: number | null;
  events: number | null;
  /** Dimensions, with how many values each has. */
  values: [dimension: string, values: number][];
  leftOut: LeftOut[];
};
export type Import = {
  id: string;
  tool: Tool;
  state: 'staged' | 'shown';
  madeAt: number;
  about: About;
  /** Staged: days that it would have if it were shown now. Shown: days that it has. */
  days: number;
};
export type Prepared =
  | { ok: true; import: Import }
  | { ok: false; reason: 'mistakes'; findings: Findings }
  | { ok: false; reason: 'moving' };

const spellId = (id: number) => id.toString(16).padStart(12, '0');
const readId = (id: string) => (/^[0-9a-f]{12}$/.test(id) ? Number.parseInt(id, 16) : null);
const isTool = (tool: string): tool is Tool => TOOLS.some((one) => one === tool);
const startsOf = (site: Site, days: readonly number[]) => days.map((day) => [day, startOfDay(site.zone, day)] as const);

const sumOf = (cells: readonly ImportedCell[], figure: 'pageviews' | 'visits' | 'events') =>
  cells.reduce<number | null>((sum, cell) => (cell[figure] === null ? sum : (sum ?? 0) + cell[figure]), null);

function describeCells(file: string, cells: readonly ImportedCell[], leftOut: LeftOut[]): About {
  const totals = cells.filter(({ dimension }) => dimension === 'total');
  const days = totals.map(({ day }) => day);
  const values = new Map<string, Set<string>>();
  for (const { dimension, value } of cells)
    if (dimension !== 'total' && dimension !== 'source_channel')
      values.set(dimension, (values.get(dimension) ?? new Set()).add(value));
  return {
    file,
    from: days.reduce((a, b) => Math.min(a, b), days[0] ?? 0),
    to: days.reduce((a, b) => Math.max(a, b), days[0] ?? 0),
    days: days.length,
    pageviews: sumOf(totals, 'pageviews'),
    visits: sumOf(totals, 'visits'),
    events: sumOf(totals, 'events'),
    values: [...values].map(([dimension, set]) => [dimension, set.size]),
    leftOut,
  };
}

/** What of an import would be, or is, shown. */
async function toImport(
  events: D1Database,
  site: Site,
  row: Awaited<ReturnType<typeof listImports>>[number],
  nowMs: number,
): Promise<Import[]> {
  if (!isTool(row.tool)) return [];
  const about: About = JSON.parse(row.about);
  const today = startOfDay(site.zone, dayOf(site.zone, nowMs));
  const isShown = row.state === SHOWN;
  const days = isShown
    ? row.days
    : (await freeDays(events, site.id, startsOf(site, await daysOfImport(events, site.id, row.id)), today)).length;
  return [{ id: spellId(row.id), tool: row.tool, state: isShown ? 'shown' : 'staged', madeAt: row.made_at, about, days }];
}

/** The imports of a site, the newest first. */
export async function importsOf(env: Shards, site: Site, nowMs: number): Promise<Import[]> {
  const events = shardFor(env, site);
  const rows = await listImports(events, site.id);
  return (await Promise.all(rows.map((row) => toImport(events, site, row, nowMs)))).flat();
}

/**
 * Reads a file whole, and stages what is in it. The same file again is the import that is already there.
 *
 * @returns the mistakes by line when there is any: nothing of the file is stored then.
 */
export async function prepareImport(
  env: Shards,
  site: Site,
  file: { bytes: Uint8Array; name: string },
  nowMs: number,
  random: (bytes: number) => Uint8Array,
): Promise<Prepared> {
  if (site.movingTo !== undefined) return { ok: false, reason: 'moving' };
  const events = shardFor(env, site);
  const sha256 = createHash('sha256').update(file.bytes).digest('hex');
  const same = (await listImports(events, site.id)).find((row) => row.sha256 === sha256);
  const [known] = same ? await toImport(events, site, same, nowMs) : [];
  if (known) return { ok: true, import: known };
  const { tool, cells, findings } = await readImport(file.bytes, file.name, site, nowMs);
  if (findings.total > 0 || tool === null) return { ok: false, reason: 'mistakes', findings };
  const about = describeCells(file.name, cells, findings.leftOut);
  const id = Buffer.from(random(6)).readUIntBE(0, 6);
  await stageImport(events, site.id, { id, tool, sha256, made_at: nowMs, about: JSON.stringify(about) }, cells);
  const staged = (await importsOf(env, site, nowMs)).find((one) => one.id === spellId(id));
  if (!staged) throw new Error('imports: what was staged is not there');
  return { ok: true, import: staged };
}

export type Changed = 'done' | 'unknown' | 'moving';

/** Shows an import in the reports, on the days that nothing else has. */
export async function confirmImport(env: Shards, site: Site, id: string, nowMs: number): Promise<Changed> {
  const key = readId(id);
  if (key === null) return 'unknown';
  if (site.movingTo !== undefined) return 'moving';
  const events = shardFor(env, site);
  const days = startsOf(site, await daysOfImport(events, site.id, key));
  const shown = await showImport(events, site.id, key, days, startOfDay(site.zone, dayOf(site.zone, nowMs)));
  return shown === null ? 'unknown' : 'done';
}

/** Takes an import away, whole: no report has it any more, and what it wrote is deleted. */
export async function removeImport(env: Shards, site: Site, id: string): Promise<Changed> {
  const key = readId(id);
  if (key === null) return 'unknown';
  if (site.movingTo !== undefined) return 'moving';
  return (await hideImport(shardFor(env, site), site.id, key)) ? 'done' : 'unknown';
}

/** Deletes what removed, broken-off and forgotten imports left, some of it at a time. */
export async function sweepAllImports(env: Shards, nowMs: number): Promise<void> {
  for (const name of shardNames(env)) {
    const events = shardNamed(env, name);
    for (let i = 0; i < SWEEPS_AT_ONCE; i += 1) if (await sweepImports(events, nowMs - HOUR_MS, nowMs - STAGED_MS)) break;
  }
}
