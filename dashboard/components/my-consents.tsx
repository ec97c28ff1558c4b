/** What a person agreed to, with the words as they were shown, and the buttons that take it back. */
import type { MyData } from '../../collector/people/my-data-read.ts';
import { myData as text } from '../text/my-data.ts';
import { stateWords } from '../text/people.ts';
import type { Ui } from '../ui.ts';

const Consent = ({ ui, optIn }: { ui: Ui; optIn: MyData['optIns'][number] }) => {
  const boxes = optIn.shown?.boxes ?? Object.keys(optIn.boxes).map((name) => ({ name, label: name }));
  return (
    <article class="consent">
      <h3>{optIn.shown?.title ?? optIn.wording}</h3>
      <dl class="facts">
        <dt>{ui.say(text.given)}</dt>
        <dd>{ui.format.moment(optIn.at)}</dd>
        <dt>{ui.say(text.where)}</dt>
        <dd class="path">{optIn.touchpoint === 'web' ? `${optIn.host}${optIn.path}` : optIn.path}</dd>
        <dt>{ui.say(text.state)}</dt>
        <dd>{ui.say(stateWords[optIn.state])}</dd>
      </dl>
      <ul class="plain">
        {boxes.map(({ name, label }) => (
          <li>
            <b>{ui.say(optIn.boxes[name] === true ? text.ticked : text.unticked)}</b>{' '}
            {ui.say({ fr: `« ${label} »`, en: `“${label}”` })}
          </li>
        ))}
      </ul>
      {optIn.shown?.note && <p class="remark">{optIn.shown.note}</p>}
    </article>
  );
};

export const MyConsents = ({ ui, data }: { ui: Ui; data: MyData }) => {
  const standing = data.optIns.some(({ state }) => state === 'confirmed' || state === 'pending' || state === 'held');
  const linked = data.optIns.some(
    ({ state, boxes, linkWithdrawnAt }) =>
      state !== 'withdrawn' && state !== 'expired' && boxes.link === true && linkWithdrawnAt === null,
  );
  return (
    <>
      {data.optIns.length === 0 ? (
        <p class="empty">{ui.say(text.noConsent)}</p>
      ) : (
        data.optIns.map((optIn) => <Consent ui={ui} optIn={optIn} />)
      )}
      {standing && (
        <form method="post" action="/my-data/visit/withdraw" class="acts">
          <button type="submit" name="purpose" value="news">
            {ui.say(text.withdraw)}
          </button>
          {linked && (
            <button type="submit" name="purpose" value="link">
              {ui.say(text.unlink)}
            </button>
          )}
        </form>
      )}
    </>
  );
};
