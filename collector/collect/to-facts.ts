/** Messages become facts. Pure; opt-ins and identifications have paths of their own. */
import { cleanText } from '../store/clean-text.ts';
import type { Facts } from '../store/facts.ts';
import { hashKnown } from '../store/hash.ts';
import type { Message, Refusal } from '../wire.ts';
import { addPageview } from './add-pageview.ts';
import { type Reception, readAbout } from './read-about.ts';

/** Props as canonical JSON with clean texts and no key that an object treats specially; null when there are none. */
function writeProps(props: Record<string, string | number | boolean> | undefined): string | null {
  const entries = Object.entries(props ?? {})
    .map(([k, value]) => [cleanText(k, 40), typeof value === 'string' ? cleanText(value, 200) : value] as const)
    .filter(([k]) => k !== '' && !['__proto__', 'constructor', 'prototype'].includes(k))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.length === 0
    ? null
    : `{${entries.map(([k, value]) => `${JSON.stringify(k)}:${JSON.stringify(value)}`).join(',')}}`;
}

/**
 * Adds the facts of one message; opt-ins and identifications are added by their own paths, after PEOPLE has them.
 *
 * @returns the reason when the message is refused; then nothing of it is in `facts` but perhaps an unused dictionary entry.
 */
export function addFacts(m: Message, r: Reception, facts: Facts): Refusal | null {
  if ((m.kind === 'visit' || m.kind === 'exposure') && !r.kiosk) return 'needs_kiosk';
  const read = readAbout(m, r, facts);
  if (typeof read === 'string') return read;
  const { about } = read;
  switch (m.kind) {
    case 'pageview':
      return addPageview(m, read, r, facts);
    case 'event': {
      const name = cleanText(m.name, 120);
      if (name === '') return 'bad_message';
      const hash = hashKnown('name', name);
      facts.names.push({ site: about.site, hash, name });
      facts.events.push({ ...about, name: hash, props: writeProps(m.props) });
      return null;
    }
    case 'visit':
      facts.kiosk_visits.push({
        ...about,
        touches: m.touches,
        length_ms: m.lengthMs,
        ended: m.end === 'done' ? 3 : m.end === 'reset' ? 2 : m.end === 'idle' ? 1 : 0,
      });
      return null;
    case 'exposure': {
      const { visitor: _visitor, kind: _kind, mode: _mode, ...shown } = about;
      facts.exposures.push({ ...shown, shown_ms: m.shownMs ?? null });
      return null;
    }
    case 'opt-in':
    case 'identify':
    case 'link':
      return null;
  }
}
