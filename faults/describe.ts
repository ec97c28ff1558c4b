/** A scenario in lines a person can read. */
import type { Act, Happening, Item, Scenario } from './scenario.ts';

function describeSend(act: Extract<Act, { do: 'send' }>, name: (happening: number) => string): string {
  const state = (i: Item) =>
    `${name(i.happening)}${i.foregroundMs === null ? '' : ` ${i.foregroundMs} ms`}${i.stolen ? ' stolen' : ''}`;
  return [
    `send ${act.items.map(state).join(', ')}`,
    ...(act.drift === 0 ? [] : [`time corrected by ${act.drift} ms more`]),
    ...(act.slow ? ['D1 slow'] : []),
    ...(act.queueFails ? ['queue fails'] : []),
  ].join('; ');
}

function describePlain(act: Act, happenings: Happening[]): string {
  const name = (i: number) => `${happenings[i]?.what ?? '?'}#${i}`;
  switch (act.do) {
    case 'send':
      return describeSend(act, name);
    case 'deliver':
      return `deliver ${act.size} of the queue${act.again ? ' again' : ''}`;
    case 'cron':
      return act.lease ? 'cron' : `windows (pieces of ${act.pieces}, ${act.limit} steps)`;
    case 'purge':
      return `history and purge (${act.steps} steps of ${act.rows} rows)`;
    case 'confirm':
      return `confirm ${name(act.happening)}`;
    case 'replay':
      return `replay what is parked${act.queueFails ? '; queue fails' : ''}`;
    case 'poison':
      return `a queued message without “${act.column}”`;
    case 'migrate':
      return `migrate: ${act.sql}`;
    case 'stumble':
      return `${act.calls} times, failing at one call after the other: (${describeAct(act.act, happenings)})`;
    case 'both':
      return `at once: (${act.acts.map((a) => describeAct(a, happenings)).join(') and (')})`;
  }
}

/** One act, with what goes wrong in it. */
export function describeAct(act: Act, happenings: Happening[]): string {
  const { fault, meanwhile } = act;
  return [
    describePlain(act, happenings),
    ...(fault ? [`call ${fault.call} of ${fault.database.toUpperCase()} ${fault.how}: ${fault.words}`] : []),
    ...(meanwhile
      ? [`${meanwhile.when} call ${meanwhile.call}, ${meanwhile.later} ms later: (${describeAct(meanwhile.act, happenings)})`]
      : []),
  ].join('; ');
}

/** What happens in a scenario, as far as its steps speak of it, and its steps. */
export function describe({ happenings, steps }: Scenario): { happenings: string[]; steps: string[] } {
  const used = new Set([...JSON.stringify(steps).matchAll(/"happening":(\d+)/g)].map(([, n]) => Number(n)));
  return {
    happenings: happenings.flatMap((h, i) =>
      used.has(i)
        ? [
            `${h.what}#${i} at ${new Date(h.at).toISOString()}, visitor ${h.visitor ?? 'without storage'}, ${h.mode}, ${h.page}, id ${h.id}`,
          ]
        : [],
    ),
    steps: steps.map(({ now, act }) => `${new Date(now).toISOString()} ${describeAct(act, happenings)}`),
  };
}
