/** Brings what happened in a step into the books: copies, commits in their order, answers. */
import type { Copy } from './books.ts';
import { contentOf, keyOf, keyOfDay } from './content.ts';
import type { Days } from './days.ts';
import type { Game, Sent, SentCopy } from './game.ts';
import { AGENT, IP } from './send.ts';
import type { World } from './world.ts';

/** Visitor keys of browsers without storage follow from the day's secret. By day of the scenario. */
async function readDayKeys({ env, site }: World, days: Days): Promise<Map<number, number>> {
  const { results } = await env.EVENTS.prepare('SELECT day, salt FROM salts WHERE site = ?1')
    .bind(site.id)
    .all<{ day: number; salt: string }>();
  return new Map(
    results.map(({ day, salt }) => [
      days.dates.indexOf(new Date(day * 86_400_000).toISOString().slice(0, 10)),
      keyOfDay(salt, 'day', site.id, IP, AGENT),
    ]),
  );
}

/** Checks one answer, message by message, and notes what it acknowledged. */
function judge({ books, scenario, tally }: Game, sent: Sent, copies: Copy[], conflicts: Set<string> | undefined): void {
  const refused = new Map(sent.rej);
  if (sent.ok + refused.size !== copies.length)
    throw new Error(`of ${copies.length} messages ${sent.ok} were accepted and ${refused.size} refused`);
  copies.forEach((copy, i) => {
    const reason = refused.get(i);
    const expected = sent.copies[i]?.refusal;
    const isConflict = conflicts?.has(contentOf(copy)) === true;
    if (reason !== undefined) tally.add(`refused: ${reason}`);
    if (expected !== undefined || (reason !== undefined && reason !== 'id_conflict')) {
      if (reason !== expected) throw new Error(`${copy.what} ${copy.id} was refused as ${reason}, should be ${expected}`);
    } else if (reason === 'id_conflict') {
      if (!isConflict) throw new Error(`${copy.what} ${copy.id} was refused as id_conflict and is none`);
      // Where rows are deleted, the other visitor's may be gone before anybody looks.
    } else if (isConflict && sent.healthy && !scenario.purges)
      throw new Error(`${copy.what} ${copy.id} is another visitor's and was not refused`);
    else books.acknowledge(copy);
  });
}

export async function settle(game: Game): Promise<void> {
  const { books, world, requests, log } = game;
  const needsDays = requests.some((r) => r.copies.some((c) => c.day !== null));
  const dayKeys = needsDays ? await readDayKeys(world, game.days) : new Map<number, number>();
  const keyOfCopy = (c: SentCopy) => {
    if (c.day !== null) return dayKeys.get(c.day) ?? 0;
    return c.kind === 2 ? keyOf('kiosk', world.site.id, world.kiosk.id, c.visitor) : keyOf('web', world.site.id, c.visitor);
  };
  const complete = new Map(requests.map((sent) => [sent, sent.copies.map((c): Copy => ({ ...c, key: keyOfCopy(c) }))]));
  for (const copy of [...complete.values()].flat()) {
    books.send(copy);
    // A confirmation that is relayed later knows neither mode nor page; it is never the first of its id.
    if (copy.what === 'opt-in' && copy.mode === 1) books.send({ ...copy, mode: 0, page: 'relayed' });
  }
  const conflicts = new Map<Sent, Set<string>>();
  for (const { written, sealedBefore, sent } of log) {
    const refused = books.commit(written, sealedBefore);
    if (sent) conflicts.set(sent, refused);
  }
  for (const [sent, copies] of complete) if (sent.status === 202) judge(game, sent, copies, conflicts.get(sent));
  game.log = [];
  game.requests = [];
}
