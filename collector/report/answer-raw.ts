/**
 * Answers a span from its facts. A filter keeps acts: each act has its own page, its visit's entry, source, place and technology, and
 * the events of its visit. Acts that are kept count by their own time; a visit counts when it has one, with what the kept ones did in
 * it; a visitor counts when one of the kept acts is theirs. A row is the same question with its values as filters.
 */
import { type Answered, keyOf, noFigures, tidyAll } from './groups.ts';
import type { CutSpan, Question } from './question.ts';
import { addUp } from './raw/add-up.ts';
import { reachOf } from './raw/budget.ts';
import { dayFinder } from './raw/days.ts';
import { keysOf } from './raw/keys.ts';
import { isKnownVisitor, isRecurringBy, readPeople } from './raw/people.ts';
import type { RawFacts } from './raw/read-facts.ts';
import { valuesIn } from './raw/values.ts';
import { asks, asksTimes, dimensionsIn } from './rollup-plan.ts';
import { isKnownAt } from './tail.ts';
import { readDictionaries } from './value-names.ts';

export async function answerFromFacts(
  { events, site, query, stores }: Question,
  { span, pieces }: CutSpan,
  read: RawFacts,
): Promise<Answered> {
  const named = dimensionsIn(query).filter((d) => !d.bucket);
  const reach = reachOf(span);
  const dayOf = dayFinder(site.zone, reach.start, reach.end);
  const { visits } = read;
  const needs = new Set([...query.metrics, ...named].map((n) => n.needs));
  const people = await readPeople(events, site, read.facts, dayOf, {
    acts: needs.has('acts'),
    firstDays: needs.has('first_days'),
  });
  const { texts, rowsRead } = await readDictionaries(events, site, named, stores, (d) => valuesIn(d, visits));
  // Visits may be shared with other questions that are answered at the same time: nothing is awaited from here on.
  for (const v of visits) v.known = isKnownAt(people.acts.get(v.facts[0]?.visitor ?? 0), v.lastAt, true);
  const recurringBy = (visitor: number, kind: number, day: number) => isRecurringBy(people, visitor, kind, day);
  const { rows, total } = addUp(
    visits,
    read.exposures,
    span,
    pieces,
    keysOf(query, texts),
    {
      ofVisit: (v) => ({ known: v.known, recurring: recurringBy(v.facts[0]?.visitor ?? 0, v.kind, dayOf(v.began)) }),
      ofVisitor: (visitor, s) => ({
        known: isKnownVisitor(people, site, visitor, s),
        recurring: recurringBy(visitor, s.kind, s.lastDay),
      }),
    },
    dayOf,
    {
      rows: query.dimensions.length > 0,
      visitors: asks(query, 'visitors'),
      events: named.some((d) => d.scope === 'event'),
      flagged: named.some((d) => d.scope === 'person'),
      pages: named.some((d) => d.scope === 'act'),
    },
  );
  const countsVisitors = asks(query, 'visitors');
  const groups = rows.figures(countsVisitors, people, site);
  const isTimeOnly = query.dimensions.length > 0 && query.dimensions.every((d) => d.bucket);
  for (const piece of isTimeOnly ? pieces : []) {
    const key = keyOf(piece.labels);
    if (!groups.has(key)) groups.set(key, noFigures(countsVisitors));
  }
  const answered: Answered = {
    groups,
    total: total.figures(countsVisitors, people, site),
    rowsRead: read.rowsRead + people.rowsRead + rowsRead,
  };
  if (asksTimes(query)) tidyAll(answered);
  return answered;
}
