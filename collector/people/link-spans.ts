/** Who a visitor was, and from when until when: acts in whatever order they came become spans that never overlap. */

export type Via = 'identify' | 'link' | 'opt-in';
/**
 * One act that named a visitor, under the id of its message. Times in epoch ms. Without a person somebody was named who is not
 * linked any more, until `ended_at` where it was taken back then.
 */
export type LinkAct = { id: string; person: string | null; via: Via; since_at: number; ended_at: number | null };
/**
 * A time in which a visitor was one person. @property reachesBack the first thing known of this visitor is what the site's own
 * log-in said: what was done with consent before belongs to the same person.
 */
export type LinkSpan = { person: string; via: Via; from: number; until: number | null; reachesBack: boolean };

const inOrder = (a: LinkAct, b: LinkAct) => a.since_at - b.since_at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** Whether an act makes the visitor its person: a mailed link may have been forwarded, so it never takes a browser from anybody. */
function takes(act: LinkAct, holder: LinkAct | undefined): boolean {
  if (act.via !== 'link' || holder === undefined) return true;
  if (holder.person === null) return holder.ended_at !== null && holder.ended_at <= act.since_at;
  return holder.person === act.person;
}

/**
 * The spans of one visitor, oldest first. At any moment it is one person at most: who acts next ends the span before. Nobody
 * inherits: where a link was taken back, the time until the next act is nobody's.
 *
 * @param acts all acts of this visitor.
 */
export function spansOf(acts: readonly LinkAct[]): LinkSpan[] {
  const spans: LinkSpan[] = [];
  let holder: LinkAct | undefined;
  for (const act of [...acts].sort(inOrder)) {
    if (!takes(act, holder)) continue;
    const open = spans.at(-1);
    if (open?.until === null && holder?.person === act.person) {
      holder = act;
      continue;
    }
    if (open?.until === null) open.until = act.since_at;
    if (act.person !== null) {
      const reachesBack = holder === undefined && act.via === 'identify';
      spans.push({ person: act.person, via: act.via, from: act.since_at, until: null, reachesBack });
    }
    holder = act;
  }
  return spans;
}
