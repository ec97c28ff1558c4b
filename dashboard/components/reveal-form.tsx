/** Opens one address, for a reason that is kept. */
import type { Site } from '../../collector/store/sites.ts';
import { people as text } from '../text/people.ts';
import type { Ui } from '../ui.ts';
import { codeOf, personPath } from './people-parts.tsx';

export const REASON_CHARS = 200;

export const RevealForm = ({ ui, site, person, problem = false }: { ui: Ui; site: Site; person: string; problem?: boolean }) => (
  <details class="twice" open={problem}>
    <summary aria-label={`${ui.say(text.reveal)} – ${codeOf(person)}`}>{ui.say(text.reveal)}</summary>
    <form method="post" action={`${personPath(site, person)}/address`} class="form">
      {problem && (
        <p class="problem" role="alert">
          {ui.say(text.reasonShort)}
        </p>
      )}
      <label>
        {ui.say(text.reason)}
        <input name="reason" required minlength={5} maxlength={REASON_CHARS} autocomplete="off" />
      </label>
      <p class="remark">{ui.say(text.reasonHint)}</p>
      <button type="submit">{ui.say(text.reveal)}</button>
    </form>
  </details>
);
