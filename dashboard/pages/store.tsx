/** The settings of a store's kiosks: opening hours, reset, language, invitation, wordings, test mode, staff PIN. */
import type { FleetStore } from '../../collector/fleet/stores.ts';
import type { Site } from '../../collector/store/sites.ts';
import { Section } from '../components/section.tsx';
import { type Frame, Page } from '../layout.tsx';
import { sitePath } from '../links.ts';
import { days, fleet as text } from '../text/fleet.ts';
import { kiosks as kioskText } from '../text/kiosks.ts';
import type { Ui } from '../ui.ts';

export type Wrong = 'hours' | 'idle' | 'pin';
type Props = {
  ui: Ui;
  frame: Frame;
  site: Site;
  store: FleetStore['store'];
  wordings: readonly { id: string; language: string; title: string }[];
  saved: boolean;
  wrong: Wrong | null;
};

const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60) % 24).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

const Hours = ({ ui, store }: Pick<Props, 'ui' | 'store'>) => (
  <fieldset class="ticks">
    <legend>{ui.say(text.hours)}</legend>
    <p class="remark">{ui.say(text.hoursHint)}</p>
    {days.map((day, i) => {
      const open = store.settings.hours?.[i] ?? null;
      const field = (name: string, label: string, value: number | undefined) => (
        <input
          type="time"
          name={`${name}-${i}`}
          aria-label={`${ui.say(day)}, ${label}`}
          value={value === undefined ? '' : clock(value)}
        />
      );
      return (
        <p>
          {ui.say(day)} {field('from', ui.say(text.from), open?.[0])} – {field('to', ui.say(text.to), open?.[1])}
        </p>
      );
    })}
  </fieldset>
);

const Wordings = ({ ui, store, wordings }: Pick<Props, 'ui' | 'store' | 'wordings'>) => (
  <fieldset class="ticks">
    <legend>{ui.say(text.wordings)}</legend>
    {wordings.map(({ id, language, title }) => (
      <label>
        <input type="checkbox" name="wording" value={id} checked={store.settings.wordings?.includes(id) ?? false} />
        <span lang={language}>
          {title} <code>{id}</code>
        </span>
      </label>
    ))}
  </fieldset>
);

export const StorePage = ({ ui, frame, site, store, wordings, saved, wrong }: Props) => {
  const { idle, language, invitation = true, test = false } = store.settings;
  const problem = (field: Wrong) =>
    wrong === field && (
      <p class="problem" role="alert">
        {ui.say(text.wrong)}
      </p>
    );
  return (
    <Page ui={ui} frame={frame} place="kiosks" title={store.name}>
      <header class="opening">
        <h1>{store.name}</h1>
        <p>
          <a href={sitePath(site, '/kiosks')}>{ui.say(kioskText.title)}</a>
        </p>
      </header>
      {saved && (
        <p class="notice" role="status">
          {ui.say(text.saved)}
        </p>
      )}
      <Section id="settings" title={ui.say(text.settings)}>
        <form method="post" action={sitePath(site, `/stores/${store.id}`)} class="form">
          {problem('hours')}
          <Hours ui={ui} store={store} />
          {problem('idle')}
          <label for="idle">{ui.say(text.idle)}</label>
          <input id="idle" name="idle" type="number" min={20} max={600} value={idle === undefined ? '' : String(idle)} />
          <label for="language">{ui.say(text.language)}</label>
          <select id="language" name="language">
            {['', 'fr', 'en'].map((code) => (
              <option value={code} selected={code === (language ?? '')}>
                {code === '' ? ui.say(text.asPage) : code}
              </option>
            ))}
          </select>
          <Wordings ui={ui} store={store} wordings={wordings} />
          <label>
            <input type="checkbox" name="invitation" value="1" checked={invitation} /> {ui.say(text.invitation)}
          </label>
          <label>
            <input type="checkbox" name="test" value="1" checked={test} /> {ui.say(text.test)}
          </label>
          {problem('pin')}
          <label for="pin">{ui.say(text.pin)}</label>
          <input id="pin" name="pin" inputmode="numeric" pattern="[0-9]{4,12}" autocomplete="off" aria-describedby="pin-hint" />
          <p class="remark" id="pin-hint">
            {ui.say(text.pinHint)}
          </p>
          <button type="submit" class="primary">
            {ui.say(text.save)}
          </button>
        </form>
      </Section>
    </Page>
  );
};
