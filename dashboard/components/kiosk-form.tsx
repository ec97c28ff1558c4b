/** What differs on one kiosk from its store: everything left open is the store's. */
import type { FleetKiosk, FleetStore } from '../../collector/fleet/stores.ts';
import type { Site } from '../../collector/store/sites.ts';
import { sitePath } from '../links.ts';
import type { WrongOfKiosk } from '../read-kiosk-form.ts';
import { fleet as text } from '../text/fleet.ts';
import type { Ui } from '../ui.ts';
import { Idle, Language, languageNames, type OneWording, Problem, Texts, Wordings } from './kiosk-fields.tsx';

type Props = {
  ui: Ui;
  site: Site;
  store: FleetStore['store'];
  kiosk: FleetKiosk;
  wordings: readonly OneWording[];
  wrong: WrongOfKiosk | null;
};

const Choice = ({
  ui,
  name,
  label,
  chosen,
  ofStore,
}: {
  ui: Ui;
  name: string;
  label: string;
  chosen: boolean | undefined;
  ofStore: boolean;
}) => (
  <>
    <label for={name}>{label}</label>
    <select id={name} name={name}>
      <option value="" selected={chosen === undefined}>
        {ui.say(text.asStore)} ({ui.say(ofStore ? text.yes : text.no)})
      </option>
      <option value="1" selected={chosen === true}>
        {ui.say(text.yes)}
      </option>
      <option value="0" selected={chosen === false}>
        {ui.say(text.no)}
      </option>
    </select>
  </>
);

export const KioskForm = ({ ui, site, store, kiosk, wordings, wrong }: Props) => {
  const { settings } = kiosk;
  const own = store.settings;
  return (
    <form method="post" action={sitePath(site, `/kiosks/${kiosk.id}`)} class="form">
      <Problem ui={ui} is={wrong === 'idle'} />
      <Idle ui={ui} settings={settings} unset={own.idle ?? 45} />
      <Language
        ui={ui}
        settings={settings}
        unset={`${ui.say(text.asStore)}${own.language ? ` (${languageNames[own.language] ?? own.language})` : ''}`}
      />
      <Choice
        ui={ui}
        name="invitation"
        label={ui.say(text.invitation)}
        chosen={settings.invitation}
        ofStore={own.invitation ?? true}
      />
      <Choice ui={ui} name="test" label={ui.say(text.test)} chosen={settings.test} ofStore={own.test ?? false} />
      <Wordings ui={ui} settings={settings} wordings={wordings} hint={ui.say(text.noneAsStore)} />
      <Problem ui={ui} is={wrong === 'texts'} />
      <Texts ui={ui} settings={settings} />
      <button type="submit" class="primary" name="act" value="settings">
        {ui.say(text.save)}
      </button>
    </form>
  );
};
