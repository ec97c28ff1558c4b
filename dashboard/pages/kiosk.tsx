/** One kiosk: its health in figures, its alerts, and what may be done about it. */
import type { FleetKiosk, FleetStore } from '../../collector/fleet/stores.ts';
import type { FleetAlert } from '../../collector/fleet/watch.ts';
import type { Site } from '../../collector/store/sites.ts';
import { EnrolmentCode, type NewCode } from '../components/enrolment-code.tsx';
import type { OneWording } from '../components/kiosk-fields.tsx';
import { KioskForm } from '../components/kiosk-form.tsx';
import { KioskState } from '../components/kiosk-state.tsx';
import { type Looked, PlaceSection } from '../components/place-section.tsx';
import { Section } from '../components/section.tsx';
import { type Frame, Page } from '../layout.tsx';
import { sitePath } from '../links.ts';
import type { WrongOfKiosk } from '../read-kiosk-form.ts';
import { storageWords, fleet as text } from '../text/fleet.ts';
import { kiosks as kioskText } from '../text/kiosks.ts';
import { stores as figures } from '../text/stores.ts';
import type { Ui } from '../ui.ts';

/** A secret just made, with the public key that the address carries beside it. */
export type NewSecret = { secret: string; seal: string };
type Props = {
  ui: Ui;
  frame: Frame;
  site: Site;
  store: FleetStore['store'];
  kiosk: FleetKiosk;
  alerts: FleetAlert[];
  /** Opt-ins of today. */
  today: number;
  mayEnrol: boolean;
  newCode: NewCode | null;
  newSecret: NewSecret | null;
  /** Null for those who see no figures. */
  looked: Looked | null;
  wordings: readonly OneWording[];
  saved: boolean;
  wrong: WrongOfKiosk | null;
};

const Health = ({ ui, kiosk, today }: { ui: Ui; kiosk: FleetKiosk; today: number }) => {
  const { health, skewMs } = kiosk.signs;
  const minutes = (ms: number) => `${ui.format.count(Math.round(ms / 60_000) || 0)} min`;
  const rows = [
    [text.lastSeen, kiosk.lastSeenAt === null ? '–' : ui.format.moment(kiosk.lastSeenAt)],
    [text.today, ui.format.count(today)],
    [text.version, kiosk.tagVersion ?? '–'],
    [text.queue, health === null ? '–' : ui.format.count(health.waiting)],
    [text.oldest, health === null || health.oldestMs === null ? '–' : minutes(health.oldestMs)],
    [text.refused, health === null ? '–' : ui.format.count(health.refused)],
    [text.setAside, ui.format.count(kiosk.setAside)],
    [text.skew, skewMs === null ? '–' : minutes(skewMs)],
    [text.storage, health === null ? '–' : ui.say(storageWords[health.storage])],
  ] as const;
  return (
    <dl class="health">
      {rows.map(([label, value]) => (
        <div>
          <dt>{ui.say(label)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
      {health !== null && health.errors.length > 0 && <div class="problem">{health.errors.join(', ')}</div>}
    </dl>
  );
};

const Secret = ({ ui, newSecret }: { ui: Ui; newSecret: NewSecret }) => (
  <section class="notice code-notice" role="status" aria-labelledby="secret">
    <h2 id="secret">{ui.say(text.secretTitle)}</h2>
    <p>{ui.say(text.secretHow)}</p>
    <p>
      <code class="secret">
        #provision={newSecret.secret}!{newSecret.seal}
      </code>
    </p>
    <p class="remark">{ui.say(text.secretOnce)}</p>
  </section>
);

const Acts = ({ ui, site, kiosk }: { ui: Ui; site: Site; kiosk: FleetKiosk }) => (
  <form method="post" action={sitePath(site, `/kiosks/${kiosk.id}`)} class="acts">
    <button type="submit" name="act" value="code">
      {ui.say(kioskText.newCode)}
    </button>
    <button type="submit" name="act" value="secret">
      {ui.say(text.newSecret)}
    </button>
    {kiosk.signs.clonedAt !== null && (
      <button type="submit" name="act" value="release">
        {ui.say(text.release)}
      </button>
    )}
    <details class="twice">
      <summary>{ui.say(text.revoke)}</summary>
      <p class="remark">{ui.say(text.revokeHint)}</p>
      <button type="submit" name="act" value="revoke">
        {ui.say(text.revokeForGood)}
      </button>
    </details>
  </form>
);

const Figures = ({ ui, site, kiosk, looked }: Pick<Props, 'ui' | 'site' | 'kiosk'> & { looked: Looked }) => (
  <PlaceSection
    ui={ui}
    site={site}
    looked={looked}
    title={ui.say(figures.figures)}
    note={ui.say(figures.figuresNote)}
    first={ui.say(kioskText.kiosk)}
    rows={(answer) => [
      { name: kiosk.name, row: kiosk.enrolledAt === null ? null : answer.totals, inService: kiosk.enrolledAt !== null },
    ]}
  />
);

export const KioskPage = ({ ui, frame, site, store, kiosk, alerts, mayEnrol, newCode, newSecret, looked, ...form }: Props) => (
  <Page ui={ui} frame={frame} place="kiosks" title={`${kiosk.name} – ${store.name}`}>
    <header class="opening">
      <h1>
        {kiosk.name} – {store.name}
      </h1>
      <p class="lead">
        <KioskState ui={ui} kiosk={kiosk} />
      </p>
      <p>
        <a href={sitePath(site, '/kiosks')}>{ui.say(kioskText.title)}</a>
        {' · '}
        <a href={sitePath(site, `/stores/${store.id}`)}>{store.name}</a>
      </p>
    </header>
    {form.saved && (
      <p class="notice" role="status">
        {ui.say(text.saved)}
      </p>
    )}
    {newCode && <EnrolmentCode ui={ui} newCode={newCode} />}
    {newSecret && <Secret ui={ui} newSecret={newSecret} />}
    <Section id="health" title={ui.say(text.health)}>
      <Health ui={ui} kiosk={kiosk} today={form.today} />
    </Section>
    {looked && <Figures ui={ui} site={site} kiosk={kiosk} looked={looked} />}
    <Section id="alerts" title={ui.say(text.alerts)}>
      {alerts.length === 0 ? (
        <p class="empty">{ui.say(text.noAlert)}</p>
      ) : (
        <ul>
          {alerts.map(({ at, kind }) => (
            <li>
              <time>{ui.format.moment(at)}</time> – {ui.say(text[kind])}
            </li>
          ))}
        </ul>
      )}
    </Section>
    {mayEnrol && (
      <Section id="acts" title={ui.say(kioskText.action)}>
        <Acts ui={ui} site={site} kiosk={kiosk} />
      </Section>
    )}
    {mayEnrol && (
      <Section id="settings" title={ui.say(text.ownSettings)} note={ui.say(text.ownSettingsHint)}>
        <KioskForm ui={ui} site={site} store={store} kiosk={kiosk} wordings={form.wordings} wrong={form.wrong} />
      </Section>
    )}
  </Page>
);
