/** A site's own channel rules: kept with the site in PEOPLE, so that reading them costs the collector nothing. */
import * as v from 'valibot';
import { CHANNELS, type Channel } from './channel-names.ts';
import { hashText } from './hash.ts';

export const RULE_LIMITS = { rules: 50, patternChars: 120, nameChars: 60 } as const;

/**
 * What must hold, all of it, and what it then counts as. Patterns compare whole texts without regard to case, `*` stands for any
 * text; a referrer without `*` stands for that host and its subdomains.
 */
export type SiteRule = {
  referrer?: string | undefined;
  source?: string | undefined;
  medium?: string | undefined;
  campaign?: string | undefined;
  /** The channel; absent: as the built-in rules decide. */
  channel?: Channel | undefined;
  /** The source's name on screen; absent: as it is. */
  name?: string | undefined;
  /** The referrer only passes visitors on, like a payment page: it is left aside. */
  aside?: true | undefined;
};

const pattern = v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(RULE_LIMITS.patternChars)));
const stored = v.array(
  v.object({
    referrer: pattern,
    source: pattern,
    medium: pattern,
    campaign: pattern,
    channel: v.optional(v.picklist(CHANNELS)),
    name: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(RULE_LIMITS.nameChars))),
    aside: v.optional(v.literal(true)),
  }),
);

/** The rules in the registry's column; none when it is empty or not ours to understand. */
export function readSiteRules(json: string | null): SiteRule[] {
  if (json === null) return [];
  try {
    const read = v.safeParse(stored, JSON.parse(json));
    return read.success ? read.output.slice(0, RULE_LIMITS.rules) : [];
  } catch {
    return [];
  }
}

/** Which rules somebody was looking at: a number that differs when they do. */
export const versionOfRules = (rules: readonly SiteRule[]): number => hashText('rules', JSON.stringify(rules));

/**
 * Replaces a site's rules, unless somebody else has changed them since they were shown.
 *
 * @param seen version of the rules that were shown
 * @returns what is stored now, and whether this call stored it
 */
export async function saveSiteRules(
  people: D1Database,
  site: number,
  seen: number,
  rules: readonly SiteRule[],
): Promise<{ saved: boolean; rules: SiteRule[] }> {
  const row = await people.prepare('SELECT rules FROM sites WHERE id = ?1').bind(site).first<{ rules: string | null }>();
  const now = readSiteRules(row?.rules ?? null);
  if (versionOfRules(now) !== seen) return { saved: false, rules: now };
  const kept = rules.slice(0, RULE_LIMITS.rules);
  const { meta } = await people
    .prepare('UPDATE sites SET rules = ?2 WHERE id = ?1 AND rules IS ?3')
    .bind(site, kept.length === 0 ? null : JSON.stringify(kept), row?.rules ?? null)
    .run();
  return meta.changes === 1 ? { saved: true, rules: kept } : { saved: false, rules: now };
}
