/** The opt-ins of a site as a list without addresses: filtered, searched, page by page. */
import { readBoxes } from './ledger.ts';

export const OPT_IN_STATES = ['pending', 'held', 'confirmed', 'withdrawn', 'expired'] as const;
export type OptInState = (typeof OPT_IN_STATES)[number];
/** Null = any. Times in epoch ms by when the opt-in was given. `search`: part of a path or wording, or a whole id of an opt-in or person. */
export type OptInFilter = {
  state: OptInState | null;
  touchpoint: 'web' | 'kiosk' | null;
  store: number | null;
  wording: string | null;
  search: string;
  from: number | null;
  until: number | null;
};
export type ListedOptIn = {
  id: string;
  person: string;
  at: number;
  state: OptInState;
  wording: string;
  language: string;
  touchpoint: 'web' | 'kiosk';
  store: number;
  kiosk: number;
  host: string;
  path: string;
  /** The boxes as they were left. */
  boxes: Record<string, boolean>;
  confirmedAt: number | null;
  withdrawnAt: number | null;
  linkWithdrawnAt: number | null;
};

export const OPT_IN_COLUMNS =
  'o.id, o.person, o.captured_at, o.state, o.wording, o.language, o.touchpoint, o.store, o.kiosk, o.host, o.path, o.boxes, o.confirmed_at, o.withdrawn_at, o.link_withdrawn_at';
export type OptInRow = {
  id: string;
  person: string;
  captured_at: number;
  state: OptInState;
  wording: string;
  language: string;
  touchpoint: 'web' | 'kiosk';
  store: number;
  kiosk: number;
  host: string;
  path: string;
  boxes: string;
  confirmed_at: number | null;
  withdrawn_at: number | null;
  link_withdrawn_at: number | null;
};
export const toListed = ({
  captured_at,
  confirmed_at,
  withdrawn_at,
  link_withdrawn_at,
  boxes,
  ...row
}: OptInRow): ListedOptIn => ({
  ...row,
  at: captured_at,
  boxes: readBoxes(boxes),
  confirmedAt: confirmed_at,
  withdrawnAt: withdrawn_at,
  linkWithdrawnAt: link_withdrawn_at,
});

const WANTED = `o.site = ?1 AND (?2 IS NULL OR o.state = ?2) AND (?3 IS NULL OR o.touchpoint = ?3) AND (?4 IS NULL OR o.store = ?4)
  AND (?5 IS NULL OR o.wording = ?5) AND (?6 = '' OR o.id = ?6 OR o.person = ?6 OR instr(lower(o.path), ?6) > 0 OR instr(lower(o.wording), ?6) > 0)
  AND (?7 IS NULL OR o.captured_at >= ?7) AND (?8 IS NULL OR o.captured_at < ?8)`;

/** @returns the newest first, and how many there are in all. */
export async function listOptIns(
  people: D1Database,
  site: number,
  filter: OptInFilter,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ rows: ListedOptIn[]; total: number }> {
  const { state, touchpoint, store, wording, search, from, until } = filter;
  const values = [site, state, touchpoint, store, wording, search.trim().toLowerCase(), from, until];
  const [rows, total] = await people.batch<OptInRow & { n: number }>([
    people
      .prepare(`SELECT ${OPT_IN_COLUMNS} FROM opt_ins o WHERE ${WANTED} ORDER BY o.captured_at DESC, o.id LIMIT ?9 OFFSET ?10`)
      .bind(...values, limit, offset),
    people.prepare(`SELECT count(*) AS n FROM opt_ins o WHERE ${WANTED}`).bind(...values),
  ]);
  return { rows: (rows?.results ?? []).map(toListed), total: total?.results[0]?.n ?? 0 };
}
