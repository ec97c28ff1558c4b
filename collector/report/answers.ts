/** Questions as pages and programs ask them: from the cache where nothing has changed, else read, out of windows that held still. */
import type { Site } from '../store/sites.ts';
import { readRoster } from './add-kiosk-visits.ts';
import { answerOnce } from './answer-cache.ts';
import { readAnyOverview } from './any-overview.ts';
import { settleRange } from './beginning.ts';
import { comparedSpan } from './compared-span.ts';
import { type DataVersion, readDataVersion } from './data-version.ts';
import type { OverviewParts } from './filtered-overview.ts';
import { readStoreNames } from './labels.ts';
import { latestOptIns } from './opt-ins.ts';
import type { ViewedTime } from './overview-plan.ts';
import { resolveRange, type SettledRange, type Span } from './period.ts';
import { isProblem, type Problem } from './problem.ts';
import type { Query } from './query.ts';
import type { Meta, QueryResult } from './result.ts';
import { asks } from './rollup-plan.ts';
import { homeOf, type ReportDatabases, runQuery } from './run-query.ts';

/** Windows move a few times an hour: an answer they moved under is read again. */
const ATTEMPTS = 4;
const LATEST = 6;

/** A text of a question: registered metrics and dimensions stand for themselves by their names. */
const spell = (question: unknown): string =>
  JSON.stringify(question, (_, value: unknown) =>
    typeof value === 'object' && value !== null && 'name' in value && 'label' in value ? value.name : value,
  );

type Asked<T> = {
  env: ReportDatabases;
  site: Site;
  /** The period, then the one it is compared with. */
  spans: readonly Span[];
  question: unknown;
  nowMs: number;
  read: () => Promise<T | Problem>;
  metaOf: (answer: T) => Meta;
};

/** Reads until the windows are the same after it as before; if they never hold still, the answer says “updating”. */
async function readSteadily<T extends object>(
  asked: Asked<T>,
  before: DataVersion,
): Promise<{ answer: T | Problem; lasts: boolean }> {
  const { EVENTS } = homeOf(asked.env, asked.site);
  const [span] = asked.spans;
  let version = before;
  for (let attempt = 1; ; attempt += 1) {
    const answer = await asked.read();
    if (isProblem(answer) || !span) return { answer, lasts: false };
    const meta = asked.metaOf(answer);
    const after = await readDataVersion(EVENTS, asked.site, span);
    const held = after.windows === version.windows;
    const closed = asked.spans.every(({ end }) => end <= (version.closing?.detail_before ?? 0));
    if (held)
      return {
        answer,
        lasts: closed && meta.source === 'rollup' && after.text === before.text && meta.updating === before.updating,
      };
    if (attempt === ATTEMPTS) {
      meta.updating = true;
      return { answer, lasts: false };
    }
    version = after;
  }
}

async function answer<T extends object>(asked: Asked<T>): Promise<T | Problem> {
  const { EVENTS, PEOPLE } = homeOf(asked.env, asked.site);
  const [span] = asked.spans;
  if (!span) return asked.read();
  const [version, names] = await Promise.all([readDataVersion(EVENTS, asked.site, span), readStoreNames(PEOPLE, asked.site.id)]);
  const key = spell([version.text, [...names.stores], [...names.kiosks], asked.spans, asked.question]);
  return answerOnce(key, asked.nowMs, () => readSteadily(asked, version));
}

const spansOf = (site: Site, { range, compare, matchWeekdays }: ViewedTime<SettledRange>, nowMs: number) => {
  const span = resolveRange(site, range, nowMs);
  const before = comparedSpan(site, span, compare, matchWeekdays);
  return before ? [span, before] : [span];
};

/** `runQuery`, at most ten seconds old where facts have a part in it. */
export async function answerQuery(env: ReportDatabases, site: Site, asked: Query, nowMs: number): Promise<QueryResult | Problem> {
  const query = { ...asked, range: await settleRange(env, site, asked.range, nowMs) };
  // Opening hours, and which screens are in service, may change at any time.
  const roster = asks(query, 'kiosk_visits') ? await readRoster(env.PEOPLE, site.id) : null;
  return answer({
    ...{ env, site, nowMs, spans: spansOf(site, query, nowMs), question: ['query', query, roster] },
    read: () => runQuery(env, site, query, nowMs),
    metaOf: ({ meta }) => meta,
  });
}

/** The overview of a view, at most ten seconds old where facts have a part in it; its latest opt-ins are of this moment. */
export async function answerOverview(
  env: ReportDatabases,
  site: Site,
  asked: Parameters<typeof readAnyOverview>[2],
  nowMs: number,
): Promise<OverviewParts | Problem> {
  const { compare, matchWeekdays, filters } = asked;
  const range = await settleRange(env, site, asked.range, nowMs);
  const found = await answer<OverviewParts>({
    ...{
      env,
      site,
      nowMs,
      spans: spansOf(site, { range, compare, matchWeekdays }, nowMs),
      question: ['overview', range, compare, matchWeekdays ?? false, filters],
    },
    read: () => readAnyOverview(env, site, { ...asked, range }, nowMs),
    metaOf: ({ meta }) => meta,
  });
  if (isProblem(found) || found.optIns.latest === null) return found;
  const names = await readStoreNames(env.PEOPLE, site.id);
  return { ...found, optIns: { ...found.optIns, latest: await latestOptIns(env.PEOPLE, site.id, names, LATEST) } };
}
