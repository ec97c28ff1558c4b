/** The visits of a person, newest first, with what was done in each. */
import type { AttachedFact, AttachedPage } from '../../collector/people/attached-facts.ts';
import { factWords, peopleCounts, people as text } from '../text/people.ts';
import type { Ui } from '../ui.ts';
import { visitsOf } from '../visits.ts';

const Act = ({ ui, fact }: { ui: Ui; fact: AttachedFact }) => (
  <li>
    <time datetime={new Date(fact.at).toISOString()}>{ui.format.time(fact.at)}</time>
    <span>
      {ui.say(factWords[fact.what])} {fact.name !== null && <b>{fact.name}</b>}{' '}
      {fact.path !== null && fact.what !== 'visit' && <span class="path">{fact.path}</span>}
    </span>
    <span class="lasted">{fact.active_ms === null ? '' : ui.format.seconds(fact.active_ms / 1000)}</span>
  </li>
);

type Props = { ui: Ui; page: AttachedPage; stores: ReadonlyMap<number, string>; numbers: ReadonlyMap<number, number> };

export const PersonVisits = ({ ui, page, stores, numbers }: Props) => (
  <ol class="visits">
    {visitsOf(page.facts).map((visit) => (
      <li>
        <h3>
          <time datetime={new Date(visit.began).toISOString()}>{ui.format.moment(visit.began)}</time>
        </h3>
        <p class="remark">
          {visit.kiosk === 0
            ? ui.say(peopleCounts.browser(numbers.get(visit.visitor) ?? 0))
            : (stores.get(visit.store) ?? ui.say(text.kiosk))}
          {visit.pageviews > 0 &&
            ` · ${ui.say(peopleCounts.pages(visit.pageviews, ui.format.count(visit.pageviews), ui.format.seconds(visit.activeMs / 1000)))}`}
        </p>
        <ol class="did">
          {visit.facts.map((fact) => (
            <Act ui={ui} fact={fact} />
          ))}
        </ol>
      </li>
    ))}
  </ol>
);
