/** Who was which visitor when, told from what happened alone: the oracle of links. It shares no code with the collector. */

export type Act = {
  visitor: string;
  at: number;
  id: string;
  strong: boolean;
  person: string;
  dead: number | null;
  identify: boolean;
};
export type View = { visitor: string; at: number; engaged: boolean; page: boolean };

const before = (a: Act, b: Act) => a.at < b.at || (a.at === b.at && a.id < b.id);
const ordered = (acts: Act[]) => [...acts].sort((a, b) => (before(a, b) ? -1 : 1));

/** What a visitor is at an instant: the last log-in or opt-in says it; a mailed link only where nobody is, or nobody any more. */
export function ownerAt(acts: Act[], visitor: string, at: number): string | null {
  const past = ordered(acts.filter((a) => a.visitor === visitor && a.at <= at));
  const last = past.findLast((a) => a.strong);
  const links = past.filter((a) => !a.strong && (!last || before(last, a)));
  let there: Act | undefined = last;
  for (const link of links) {
    const free: boolean = there === undefined || (there.dead !== null && there.dead <= link.at);
    if (free || (there?.dead === null && link.dead === null && there.person === link.person)) there = link;
  }
  return there === undefined || there.dead !== null ? null : there.person;
}

/** The pages that belong to a person: seen in engagement mode while it was that visitor, or with consent right up to its first log-in. */
export function pagesOf(acts: Act[], views: View[], person: string): number[] {
  return views
    .filter(({ engaged, page }) => engaged && page)
    .filter(({ visitor, at }) => {
      if (ownerAt(acts, visitor, at) === person) return true;
      const [first] = ordered(acts.filter((a) => a.visitor === visitor));
      if (!first?.identify || first.person !== person || first.dead !== null || first.at <= at) return false;
      return !views.some((v) => v.visitor === visitor && !v.engaged && v.at > at && v.at < first.at);
    })
    .map(({ at }) => at)
    .sort((a, b) => a - b);
}
