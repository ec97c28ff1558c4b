/** Fields that the forms of a store and of a kiosk have in common. */
import type { Child } from 'hono/jsx';
import type { KioskSettings } from '../../collector/wire.ts';
import { fleet as text } from '../text/fleet.ts';
import type { Ui } from '../ui.ts';

export type OneWording = { id: string; language: string; title: string; retiredAt?: number | null };
type Props = { ui: Ui; settings: KioskSettings };
export const languageNames: Record<string, string> = { fr: 'Français', en: 'English' };
/** Empty rows below the texts that are there. */
const MORE = 3;

export const Problem = ({ ui, is }: { ui: Ui; is: boolean }) =>
  is ? (
    <p class="problem" role="alert">
      {ui.say(text.wrong)}
    </p>
  ) : null;

/** @property unset what is said where nothing is chosen. */
export const Idle = ({ ui, settings: { idle }, unset }: Props & { unset?: number | undefined }) => (
  <>
    <label for="idle">{ui.say(text.idle)}</label>
    <input
      id="idle"
      name="idle"
      type="number"
      min={20}
      max={600}
      value={idle === undefined ? '' : String(idle)}
      placeholder={unset === undefined ? undefined : String(unset)}
    />
  </>
);

export const Language = ({ ui, settings: { language }, unset }: Props & { unset: Child }) => (
  <>
    <label for="language">{ui.say(text.language)}</label>
    <select id="language" name="language">
      {['', 'fr', 'en'].map((code) => (
        <option value={code} selected={code === (language ?? '')}>
          {code === '' ? unset : languageNames[code]}
        </option>
      ))}
    </select>
  </>
);

/** Retired wordings are offered no longer; one that is still set stays in view until it is unset. */
const offered = (wordings: readonly OneWording[], settings: Props['settings']) =>
  wordings.filter(({ id, retiredAt }) => (retiredAt ?? null) === null || (settings.wordings?.includes(id) ?? false));

export const Wordings = ({ ui, settings, wordings, hint }: Props & { wordings: readonly OneWording[]; hint?: string }) => (
  <fieldset class="ticks">
    <legend>{ui.say(text.wordings)}</legend>
    {hint !== undefined && <p class="remark">{hint}</p>}
    {offered(wordings, settings).map(({ id, language, title }) => (
      <label>
        <input type="checkbox" name="wording" value={id} checked={settings.wordings?.includes(id) ?? false} />
        <span lang={language}>
          {title} <code>{id}</code>
        </span>
      </label>
    ))}
  </fieldset>
);

/** The page's own texts: a row for each name, and some empty ones. */
export const Texts = ({ ui, settings: { texts = {} } }: Props) => {
  const rows = [...Object.entries(texts), ...Array.from({ length: MORE }, (): [string, Record<string, string>] => ['', {}])];
  return (
    <fieldset class="texts">
      <legend>{ui.say(text.texts)}</legend>
      <p class="remark" id="texts-hint">
        {ui.say(text.textsHint)} <code>{'<h1 data-comptoir-text="title">'}</code>
      </p>
      {rows.map(([name, said], i) => {
        const label = (what: string) => `${ui.say(text.text)} ${i + 1}, ${what}`;
        return (
          <div class="text-row">
            <input
              name="text-name"
              aria-label={label(ui.say(text.textName))}
              placeholder={ui.say(text.textName)}
              value={name}
              maxlength={40}
              autocomplete="off"
            />
            <input
              name="text-fr"
              lang="fr"
              aria-label={label('français')}
              placeholder="Français"
              value={said.fr ?? ''}
              maxlength={500}
              autocomplete="off"
            />
            <input
              name="text-en"
              lang="en"
              aria-label={label('English')}
              placeholder="English"
              value={said.en ?? ''}
              maxlength={500}
              autocomplete="off"
            />
          </div>
        );
      })}
    </fieldset>
  );
};
