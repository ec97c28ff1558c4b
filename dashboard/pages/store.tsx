/** One store: what its kiosks measured, and how they are set: opening hours, reset, language, wordings, texts, test mode, staff PIN. */
import type { FleetKiosk, FleetStore } from '../../collector/fleet/stores.ts';
import type { QueryResult, Row } from '../../collector/report/result.ts';
import type { Site } from '../../collector/store/sites.ts';
import { Idle, Language, type OneWording, Problem, Texts, Wordings } from '../components/kiosk-fields.tsx';
import type { PlaceRow } from '../components/place-figures.tsx';
import { type Looked, PlaceSection } from '../components/place-section.tsx';
import { Section } from '../components/section.tsx';
import { type Frame, Page } from '../layout.tsx';
import { sitePath } from '../links.ts';
import { days, fleet as text } from '../text/fleet.ts';
import { kiosks as kioskText } from '../text/kiosks.ts';
import { stores as figures } from '../text/stores.ts';
import type { Ui } from '../ui.ts';

export type Wrong = 'page' | 'hours' | 'idle' | 'texts' | 'pin';
type Props = {
  ui: Ui;
  frame: Frame;
  site: Site;
  store: FleetStore['store'];
  kiosks: readonly FleetKiosk[];
  /** What the reports call a kiosk. */
  nameOf: (kiosk: FleetKiosk) => string;
  /** Null for those who see no figures. */
  looked: Looked | null;
  mayEnrol: boolean;
  wordings: readonly OneWording[];
  saved: boolean;
  wrong: Wrong | null;
};

const clock = (minutes: number) =>
  Number.isNaN(minutes)
    ? ''
    : `${String(Math.floor(minutes / 60) % 24).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

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
        <div class="open-hours">
          <span>{ui.say(day)}</span>
          {field('from', ui.say(text.from), open?.[0])}
          {field('to', ui.say(text.to), open?.[1])}
        </div>
      );
    })}
  </fieldset>
);

const Settings = ({ ui, site, store, wordings, wrong }: Pick<Props, 'ui' | 'site' | 'store' | 'wordings' | 'wrong'>) => {
  const { settings } = store;
  const { invitation = true, test = false } = settings;
  return (
    <form method="post" action={sitePath(site, `/stores/${store.id}`)} class="form">
      <Problem ui={ui} is={wrong === 'page'} />
      <label for="page">{ui.say(text.page)}</label>
      <input
        id="page"
        name="page"
        type="url"
        maxlength={500}
        value={store.page ?? ''}
        autocomplete="off"
        aria-describedby="page-hint"
      />
      <p class="remark" id="page-hint">
        {ui.say(text.pageHint)}
      </p>
      <Problem ui={ui} is={wrong === 'hours'} />
      <Hours ui={ui} store={store} />
      <Problem ui={ui} is={wrong === 'idle'} />
      <Idle ui={ui} settings={settings} unset={45} />
      <Language ui={ui} settings={settings} unset={ui.say(text.asPage)} />
      <Wordings ui={ui} settings={settings} wordings={wordings} />
      <fieldset class="ticks">
        <legend>{ui.say(text.optInAndTest)}</legend>
        <label>
          <input type="checkbox" name="invitation" value="1" checked={invitation} /> <span>{ui.say(text.invitation)}</span>
        </label>
        <label>
          <input type="checkbox" name="test" value="1" checked={test} /> <span>{ui.say(text.test)}</span>
        </label>
      </fieldset>
      <Problem ui={ui} is={wrong === 'texts'} />
      <Texts ui={ui} settings={settings} />
      <Problem ui={ui} is={wrong === 'pin'} />
      <label for="pin">{ui.say(text.pin)}</label>
      <input id="pin" name="pin" inputmode="numeric" pattern="[0-9]{4,12}" autocomplete="off" aria-describedby="pin-hint" />
      <p class="remark" id="pin-hint">
        {ui.say(text.pinHint)}
      </p>
      <button type="submit" class="primary">
        {ui.say(text.save)}
      </button>
    </form>
  );
};

/** A name that two kiosks share has its number behind it in the reports. */
const rowsOf =
  (site: Site, kiosks: readonly FleetKiosk[], nameOf: (kiosk: FleetKiosk) => string) =>
  (answer: QueryResult): PlaceRow[] => {
    const byName = new Map<string, Row>(answer.results.map((row) => [row.dimensions[0] ?? '', row]));
    return kiosks.map((kiosk) => ({
      name: <a href={sitePath(site, `/kiosks/${kiosk.id}`)}>{kiosk.name}</a>,
      row: byName.get(nameOf(kiosk)) ?? null,
      inService: kiosk.enrolledAt !== null,
    }));
  };

export const StorePage = ({ ui, frame, site, store, kiosks, nameOf, looked, mayEnrol, saved, ...form }: Props) => (
  <Page ui={ui} frame={frame} place="kiosks" title={store.name}>
    <header class="opening">
      <h1>{store.name}</h1>
      <p>
        <a href={sitePath(site, '/kiosks')}>{ui.say(kioskText.title)}</a>
        {frame.figures && (
          <>
            {' · '}
            <a href={sitePath(site, '/stores')}>{ui.say(text.compare)}</a>
          </>
        )}
      </p>
    </header>
    {saved && (
      <p class="notice" role="status">
        {ui.say(text.saved)}
      </p>
    )}
    {looked && (
      <PlaceSection
        ui={ui}
        site={site}
        looked={looked}
        title={ui.say(figures.byKiosk)}
        note={ui.say(figures.figuresNote)}
        first={ui.say(kioskText.kiosk)}
        rows={rowsOf(site, kiosks, nameOf)}
      />
    )}
    {mayEnrol && (
      <Section id="settings" title={ui.say(text.settings)}>
        <Settings ui={ui} site={site} store={store} {...form} />
      </Section>
    )}
  </Page>
);
