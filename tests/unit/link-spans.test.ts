/** Spans of a visitor against the model that asks moment by moment, for acts in any order, with links taken back. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type LinkAct, spansOf } from '../../collector/people/link-spans.ts';
import { type Act, ownerAt } from '../collector/links-model.ts';

const acts = fc
  .array(
    fc.record({
      at: fc.integer({ min: 0, max: 12 }),
      person: fc.constantFrom('ada', 'ben', 'cleo'),
      via: fc.constantFrom('identify', 'opt-in', 'link'),
      /** Taken back so long after, where it was. */
      after: fc.option(fc.integer({ min: 0, max: 6 }), { nil: null }),
    }),
    { maxLength: 10 },
  )
  .map((list) =>
    list.map(({ at, person, via, after }, i) => ({
      // Log-ins are not taken back.
      dead: via === 'identify' || after === null ? null : at + after,
      ...{ at, person, via, id: String(i).padStart(2, '0') },
    })),
  );

test('a visitor is who the model says, at every moment, whatever the order of arrival', () => {
  fc.assert(
    fc.property(acts, fc.infiniteStream(fc.nat()), (list, picks) => {
      const model = list.map(
        ({ via, ...act }): Act => ({ ...act, visitor: 'v', strong: via !== 'link', identify: via === 'identify' }),
      );
      const rows = list
        .map(
          ({ at, person, dead, via, id }): LinkAct => ({
            id,
            via,
            since_at: at,
            ended_at: dead,
            person: dead === null ? person : null,
          }),
        )
        .map((row) => ({ row, place: picks.next().value }))
        .sort((a, b) => a.place - b.place)
        .map(({ row }) => row);
      const spans = spansOf(rows);
      for (let at = -1; at <= 20; at += 1) {
        const there = spans.filter(({ from, until }) => from <= at && (until === null || at < until));
        expect(there.map(({ person }) => person)).toEqual([ownerAt(model, 'v', at)].filter((person) => person !== null));
      }
    }),
    { numRuns: process.env.COMPTOIR_LONG ? 8_000 : 1_000 },
  );
}, 300_000);
