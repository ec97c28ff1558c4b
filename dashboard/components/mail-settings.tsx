/** Who confirms opt-ins, and how many mails an hour may leave. */
import type { Confirmer, MailSettings } from '../../collector/people/mail-settings.ts';
import { MAX_HOURLY } from '../../collector/people/mail-settings.ts';
import type { Words } from '../../collector/report/metric.ts';
import type { Site } from '../../collector/store/sites.ts';
import { sitePath } from '../links.ts';
import { mails as text } from '../text/mails.ts';
import type { Ui } from '../ui.ts';
import { Section } from './section.tsx';

/** @param typed the number as it was typed, where it could not be taken. */
type Props = { ui: Ui; site: Site; settings: MailSettings; typed: string | null };

const CHOICES: readonly (readonly [Confirmer, Words, Words])[] = [
  ['mail', text.byMail, text.byMailWhat],
  ['tool', text.byTool, text.byToolWhat],
];

export const MailSettingsSection = ({ ui, site, settings, typed }: Props) => (
  <Section id="settings" title={ui.say(text.settings)} note={ui.say(text.settingsNote)}>
    <form method="post" action={sitePath(site, '/mails')} class="form">
      <fieldset class="ticks">
        <legend class="spoken">{ui.say(text.settings)}</legend>
        {CHOICES.map(([value, label, what]) => (
          <label>
            <input type="radio" name="confirmed-by" value={value} checked={settings.confirmedBy === value} />
            <span>
              <b>{ui.say(label)}</b> {ui.say(what)}
            </span>
          </label>
        ))}
      </fieldset>
      <label for="hourly">{ui.say(text.hourly)}</label>
      {typed !== null && (
        <p class="problem" role="alert" id="hourly-problem">
          {ui.say(text.badHourly)}
        </p>
      )}
      <div class="keep-line">
        <input
          id="hourly"
          name="hourly"
          type="number"
          inputmode="numeric"
          required
          min={1}
          max={MAX_HOURLY}
          value={typed ?? String(settings.hourly)}
          aria-invalid={typed === null ? undefined : 'true'}
          aria-describedby={typed === null ? 'hourly-hint' : 'hourly-problem hourly-hint'}
        />
        <button type="submit" name="decision" value="settings">
          {ui.say(text.save)}
        </button>
      </div>
      <p class="remark" id="hourly-hint">
        {ui.say(text.hourlyHint)}
      </p>
    </form>
  </Section>
);
