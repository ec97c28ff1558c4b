/** What the people screens share: their head with the way between them, code names, states, and what an opt-in agreed to. */
import type { ListedOptIn } from '../../collector/people/list-opt-ins.ts';
import type { Site } from '../../collector/store/sites.ts';
import { sitePath } from '../links.ts';
import { peopleCounts, stateWords, people as text } from '../text/people.ts';
import type { Ui } from '../ui.ts';

/** Eight signs tell a person from any other of a site; the whole id is in the address of its page. */
export const codeOf = (person: string): string => person.slice(0, 8);
export const personPath = (site: Site, person: string): string => sitePath(site, `/people/${encodeURIComponent(person)}`);

export const PersonLink = ({ ui, site, person }: { ui: Ui; site: Site; person: string }) => (
  <a href={personPath(site, person)} aria-label={ui.say(peopleCounts.personOf(codeOf(person)))}>
    <code>{codeOf(person)}</code>
  </a>
);

export const PeopleHead = ({ ui, site, part }: { ui: Ui; site: Site; part: 'opt-ins' | 'funnel' | 'persons' }) => (
  <>
    <header class="opening">
      <h1>{ui.say(text.title)}</h1>
      <p class="lead">
        {ui.say(text.lead)} <a href="/help/people">{ui.say(text.help)}</a>
      </p>
    </header>
    <nav class="tabs reports" aria-label={ui.say(text.parts)}>
      <a href={sitePath(site, '/people')} aria-current={part === 'opt-ins' ? 'page' : undefined}>
        {ui.say(text.optIns)}
      </a>
      <a href={sitePath(site, '/people/funnel')} aria-current={part === 'funnel' ? 'page' : undefined}>
        {ui.say(text.funnel)}
      </a>
      <a href={sitePath(site, '/people/persons')} aria-current={part === 'persons' ? 'page' : undefined}>
        {ui.say(text.persons)}
      </a>
    </nav>
  </>
);

const LIGHT = { pending: 'amber', held: 'amber', confirmed: 'on', withdrawn: 'quiet', expired: 'quiet' } as const;
export const OptInState = ({ ui, state }: { ui: Ui; state: ListedOptIn['state'] }) => (
  <span class={`state ${LIGHT[state]}`}>{ui.say(stateWords[state])}</span>
);

/** The purposes as they stand: one that was taken back is said to be. */
export const Agreed = ({ ui, optIn }: { ui: Ui; optIn: ListedOptIn }) => {
  const { boxes, linkWithdrawnAt } = optIn;
  const names = Object.entries(boxes)
    .filter(([name, ticked]) => ticked && !(name === 'link' && linkWithdrawnAt !== null))
    .map(([name]) => (name === 'news' || name === 'link' ? ui.say(text[name]) : name));
  return (
    <>
      {names.join(', ')}
      {linkWithdrawnAt !== null && <span class="from">{ui.say(peopleCounts.linkEnded(ui.format.day(linkWithdrawnAt)))}</span>}
    </>
  );
};
