/** GET /opt-ins and /persons: who agreed to what, and what is known of a person, without addresses. */
import * as v from 'valibot';
import { readAttached } from '../../people/attached-facts.ts';
import { type ListedOptIn, listOptIns, OPT_IN_STATES } from '../../people/list-opt-ins.ts';
import { KNOWN_BY, type ListedPerson, listPersons, readPerson } from '../../people/persons.ts';
import { shardFor } from '../../store/shards.ts';
import { siteFor } from '../caller.ts';
import { answer, endpoint } from '../endpoint.ts';
import { problem } from '../problem.ts';
import { instant, iso, isoOrNull, siteParameter } from '../shapes.ts';

const LIMIT = 100;
const whole = (text: string, most: number, otherwise: number) =>
  v.optional(
    v.pipe(
      v.string(),
      v.regex(/^\d{1,7}$/, 'This is not a number.'),
      v.transform(Number),
      v.maxValue(most, `At most ${most}.`),
      v.description(`${text} ${otherwise} when left out.`),
    ),
  );
const paging = {
  limit: whole(`At most so many rows, 1 to ${LIMIT}.`, LIMIT, LIMIT),
  offset: whole('How many rows to leave out before the first.', 1_000_000, 0),
};
const moment = (what: string) =>
  v.optional(v.pipe(v.string(), v.isoTimestamp('This is no instant as 2026-10-31T09:00:00Z.'), v.description(what)));
const at = (text: string | undefined) => (text === undefined ? null : Date.parse(text));
const listAnswer = <S extends v.GenericSchema>(items: S) => v.object({ results: v.array(items), total: v.number() });

const optIn = v.object({
  id: v.string(),
  person: v.string(),
  at: v.pipe(instant, v.description('When it was given.')),
  state: v.picklist(OPT_IN_STATES),
  wording: v.string(),
  language: v.string(),
  touchpoint: v.picklist(['web', 'kiosk']),
  store: v.nullable(v.number()),
  kiosk: v.nullable(v.number()),
  host: v.string(),
  path: v.string(),
  boxes: v.record(v.string(), v.boolean()),
  confirmed_at: v.nullable(instant),
  withdrawn_at: v.nullable(instant),
  link_withdrawn_at: v.nullable(instant),
});
const spellOptIn = ({ at: given, store, kiosk, confirmedAt, withdrawnAt, linkWithdrawnAt, ...rest }: ListedOptIn) => ({
  ...rest,
  at: iso(given),
  store: store === 0 ? null : store,
  kiosk: kiosk === 0 ? null : kiosk,
  confirmed_at: isoOrNull(confirmedAt),
  withdrawn_at: isoOrNull(withdrawnAt),
  link_withdrawn_at: isoOrNull(linkWithdrawnAt),
});

const person = {
  id: v.string(),
  known_by: v.picklist(KNOWN_BY),
  created_at: instant,
  confirmed_at: v.pipe(v.nullable(instant), v.description('Null while the only trace is an opt-in that waits.')),
  opt_ins: v.number(),
  visitors: v.number(),
  last_at: instant,
};
const spellPerson = ({ id, knownBy, createdAt, confirmedAt, optIns: n, visitors, lastAt }: ListedPerson) => ({
  id,
  known_by: knownBy,
  created_at: iso(createdAt),
  confirmed_at: isoOrNull(confirmedAt),
  opt_ins: n,
  visitors,
  last_at: iso(lastAt),
});

export const optIns = endpoint({
  method: 'get',
  path: '/opt-ins',
  name: 'listOptIns',
  summary: 'Opt-ins, newest first, without addresses',
  scope: 'export',
  params: {
    site: siteParameter,
    state: v.optional(v.picklist(OPT_IN_STATES)),
    touchpoint: v.optional(v.picklist(['web', 'kiosk'])),
    store: whole('Number of a store.', 9_999_999, 0),
    wording: v.optional(v.pipe(v.string(), v.maxLength(80))),
    search: v.optional(v.pipe(v.string(), v.maxLength(200), v.description('Part of a path or wording, or a whole id.'))),
    from: moment('Given at or after this instant.'),
    until: moment('Given before this instant.'),
    ...paging,
  },
  answers: [{ status: 200, type: 'application/json', description: 'The opt-ins.', schema: listAnswer(optIn) }],
  handle: async ({ env, caller, params }) => {
    const site = siteFor(caller, params.site, 'export');
    if (site instanceof Response) return site;
    const { state = null, touchpoint = null, store = null, wording = null, search = '', limit = LIMIT, offset = 0 } = params;
    const filter = { state, touchpoint, store, wording, search, from: at(params.from), until: at(params.until) };
    const { rows, total } = await listOptIns(env.PEOPLE, site.id, filter, { limit, offset });
    return answer({ results: rows.map(spellOptIn), total });
  },
});

export const persons = endpoint({
  method: 'get',
  path: '/persons',
  name: 'listPersons',
  summary: 'Persons, newest first, without addresses',
  scope: 'export',
  params: { site: siteParameter, known_by: v.optional(v.picklist(KNOWN_BY)), ...paging },
  answers: [{ status: 200, type: 'application/json', description: 'The persons.', schema: listAnswer(v.object(person)) }],
  handle: async ({ env, caller, params }) => {
    const site = siteFor(caller, params.site, 'export');
    if (site instanceof Response) return site;
    const page = { limit: params.limit ?? LIMIT, offset: params.offset ?? 0 };
    const { rows, total } = await listPersons(env.PEOPLE, site.id, params.known_by ?? null, page);
    return answer({ results: rows.map(spellPerson), total });
  },
});

const span = v.object({
  visitor: v.pipe(v.number(), v.description('Numbered within this answer.')),
  via: v.picklist(['identify', 'link', 'opt-in']),
  from: instant,
  until: v.nullable(instant),
});
const fact = v.object({
  at: instant,
  what: v.picklist(['pageview', 'event', 'opt-in', 'identify', 'visit']),
  visitor: v.number(),
  touchpoint: v.picklist(['web', 'kiosk']),
  host: v.nullable(v.string()),
  path: v.nullable(v.string()),
  name: v.nullable(v.string()),
  active_ms: v.nullable(v.number()),
});

export const onePerson = endpoint({
  method: 'get',
  path: '/persons/{id}',
  name: 'getPerson',
  summary: 'One person: opt-ins, ledger, links and what was done, without the address',
  scope: 'export',
  heavy: true,
  params: {
    site: siteParameter,
    id: v.pipe(v.string(), v.maxLength(64)),
    before: moment('What was done before this instant: where “earlier” of the last answer says.'),
  },
  answers: [
    {
      status: 200,
      type: 'application/json',
      description: 'The person. “earlier” is null when “facts” has the oldest.',
      schema: v.object({
        ...person,
        has_address: v.boolean(),
        consents: v.array(optIn),
        ledger: v.array(
          v.object({ sequence: v.number(), opt_in: v.string(), purpose: v.string(), kind: v.string(), at: instant }),
        ),
        links: v.array(span),
        facts: v.array(fact),
        earlier: v.nullable(instant),
      }),
    },
  ],
  handle: async ({ env, caller, params, nowMs }) => {
    const site = siteFor(caller, params.site, 'export');
    if (site instanceof Response) return site;
    const found = await readPerson(env.PEOPLE, site.id, params.id);
    if (!found) return problem(404, 'unknown_person', 'There is no such person here.', { field: 'id' });
    const read = await readAttached(shardFor(env, site), site, found.spans, at(params.before) ?? nowMs);
    const numbers = new Map([...new Set(found.spans.map(({ visitor }) => visitor))].map((key, i) => [key, i + 1]));
    const numberOf = (visitor: number) => numbers.get(visitor) ?? 0;
    return answer({
      ...spellPerson(found),
      has_address: found.hasAddress,
      consents: found.list.map(spellOptIn),
      ledger: found.ledger.map(({ sequence, optIn: id, purpose, kind, at: when }) => ({
        ...{ sequence, opt_in: id, purpose, kind },
        at: iso(when),
      })),
      links: found.spans.map(({ visitor, via, from, until }) => ({
        visitor: numberOf(visitor),
        via,
        from: iso(from),
        until: isoOrNull(until),
      })),
      facts: read.facts.map(({ at: when, what, visitor, kiosk, host, path, name, active_ms }) => ({
        ...{ what, host, path, name, active_ms },
        at: iso(when),
        visitor: numberOf(visitor),
        touchpoint: kiosk === 0 ? 'web' : 'kiosk',
      })),
      earlier: isoOrNull(read.earlier),
    });
  },
});
