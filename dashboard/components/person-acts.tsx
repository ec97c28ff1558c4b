/** What a steward may do for a person who asks. Each asks twice. */
import type { Person } from '../../collector/people/persons.ts';
import type { Site } from '../../collector/store/sites.ts';
import { people as text } from '../text/people.ts';
import type { Ui } from '../ui.ts';
import { personPath } from './people-parts.tsx';

export const PersonActs = ({ ui, site, person }: { ui: Ui; site: Site; person: Person }) => {
  const standing = person.list.filter(({ state }) => ['pending', 'held', 'confirmed'].includes(state));
  const linked = standing.some(({ boxes, linkWithdrawnAt }) => boxes.link === true && linkWithdrawnAt === null);
  return (
    <>
      {person.ledger.length > 0 && (
        <p>
          <a href={`${personPath(site, person.id)}/proof`}>{ui.say(text.proof)}</a>
        </p>
      )}
      {standing.length > 0 && (
        <details class="twice">
          <summary>{ui.say(text.withdraw)}</summary>
          <form method="post" action={`${personPath(site, person.id)}/withdraw`} class="form">
            <p class="remark">{ui.say(text.withdrawHint)}</p>
            <fieldset class="ticks">
              <legend>{ui.say(text.purpose)}</legend>
              <label>
                <input type="radio" name="purpose" value="news" required checked />
                <span>{ui.say(text.withdrawNews)}</span>
              </label>
              {linked && (
                <label>
                  <input type="radio" name="purpose" value="link" />
                  <span>{ui.say(text.withdrawLink)}</span>
                </label>
              )}
            </fieldset>
            <button type="submit">{ui.say(text.withdrawNow)}</button>
          </form>
        </details>
      )}
      <details class="twice">
        <summary>{ui.say(text.erase)}</summary>
        <form method="post" action={`${personPath(site, person.id)}/erase`} class="form">
          <p class="remark">{ui.say(text.eraseHint)}</p>
          <label class="tick">
            <input type="checkbox" name="sure" value="yes" required />
            <span>{ui.say(text.eraseSure)}</span>
          </label>
          <button type="submit">{ui.say(text.eraseNow)}</button>
        </form>
      </details>
    </>
  );
};
