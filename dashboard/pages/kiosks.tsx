/** The fleet: is every screen on and sending, what is wrong with those that are not, and new codes, stores and kiosks. */
import type { FleetKiosk, FleetStore } from '../../collector/fleet/stores.ts';
import type { Site } from '../../collector/store/sites.ts';
import { EnrolmentCode, type NewCode } from '../components/enrolment-code.tsx';
import { KioskAlerts } from '../components/kiosk-alerts.tsx';
import { KioskState } from '../components/kiosk-state.tsx';
import { Section } from '../components/section.tsx';
import { Table } from '../components/table.tsx';
import { type Frame, Page } from '../layout.tsx';
import { sitePath } from '../links.ts';
import { fleet as words } from '../text/fleet.ts';
import { kioskPhrases, kiosks as text } from '../text/kiosks.ts';
import type { Ui } from '../ui.ts';

type Props = {
  ui: Ui;
  frame: Frame;
  site: Site;
  fleet: FleetStore[];
  /** Opt-ins of today, by kiosk. */
  today: ReadonlyMap<number, number>;
  mayEnrol: boolean;
  alerts: boolean;
  newCode: NewCode | null;
  /** A store that could not be added, as it was typed. */
  wrongZone: { name: string; zone: string } | null;
};

const CodeForm = ({ ui, site, kiosk }: { ui: Ui; site: Site; kiosk: FleetKiosk }) => (
  <form method="post" action={sitePath(site, '/kiosks')}>
    <input type="hidden" name="kiosk" value={String(kiosk.id)} />
    <button type="submit" aria-label={ui.say(kioskPhrases.forKiosk(kiosk.name))}>
      {ui.say(text.newCode)}
    </button>
  </form>
);

/** How much waits, and for how long where it is not only for the next moment. */
const Queue = ({ ui, kiosk }: { ui: Ui; kiosk: FleetKiosk }) => {
  const { health } = kiosk.signs;
  if (health === null) return <>–</>;
  const minutes = Math.round((health.oldestMs ?? 0) / 60_000);
  return (
    <>
      {ui.format.count(health.waiting)}
      {health.waiting > 0 && minutes > 1 && (
        <span class="from"> {ui.say(kioskPhrases.since(ui.format.seconds(minutes * 60)))}</span>
      )}
    </>
  );
};

const Kiosks = ({ ui, site, kiosks, store, today, mayEnrol }: Pick<Props, 'ui' | 'site' | 'today' | 'mayEnrol'> & FleetStore) => (
  <Table
    kind="fleet"
    caption={store.name}
    first={ui.say(text.kiosk)}
    columns={[text.state, words.today, words.queue, text.tag, ...(mayEnrol ? [text.action] : [])].map((one) => ({
      label: ui.say(one),
      plain: ui.say(one),
    }))}
    rows={kiosks.map((kiosk) => ({
      head: <a href={sitePath(site, `/kiosks/${kiosk.id}`)}>{kiosk.name}</a>,
      cells: [
        <KioskState ui={ui} kiosk={kiosk} />,
        kiosk.enrolledAt === null ? '–' : ui.format.count(today.get(kiosk.id) ?? 0),
        <Queue ui={ui} kiosk={kiosk} />,
        kiosk.tagVersion ?? '–',
        ...(mayEnrol ? [<CodeForm ui={ui} site={site} kiosk={kiosk} />] : []),
      ],
    }))}
  />
);

const AddKiosk = ({ ui, site, store }: { ui: Ui; site: Site; store: FleetStore['store'] }) => (
  <details class="twice">
    <summary>{ui.say(words.addKiosk)}</summary>
    <form method="post" action={sitePath(site, '/kiosks')} class="form">
      <label for={`kiosk-${store.id}`}>{ui.say(words.name)}</label>
      <input id={`kiosk-${store.id}`} name="kiosk-name" required maxlength={80} autocomplete="off" />
      <button type="submit" name="in" value={String(store.id)}>
        {ui.say(words.add)}
      </button>
    </form>
  </details>
);

const AddStore = ({ ui, site, wrong }: { ui: Ui; site: Site; wrong: Props['wrongZone'] }) => (
  <Section id="add-store" title={ui.say(words.addStore)}>
    <form method="post" action={sitePath(site, '/kiosks')} class="form">
      <label for="store-name">{ui.say(words.name)}</label>
      <input id="store-name" name="store-name" required maxlength={80} autocomplete="off" value={wrong?.name} />
      {wrong && (
        <p class="problem" role="alert">
          {ui.say(words.wrongZone)}
        </p>
      )}
      <label for="zone">{ui.say(words.zone)}</label>
      <input
        id="zone"
        name="zone"
        required
        maxlength={60}
        value={wrong?.zone ?? site.zone}
        autocomplete="off"
        aria-describedby="zone-hint"
      />
      <p class="remark" id="zone-hint">
        {ui.say(words.zoneHint)}
      </p>
      <button type="submit">{ui.say(words.add)}</button>
    </form>
  </Section>
);

export const KiosksPage = ({ ui, frame, site, fleet, today, mayEnrol, alerts, newCode, wrongZone }: Props) => (
  <Page ui={ui} frame={frame} place="kiosks" title={ui.say(text.title)}>
    <header class="opening">
      <h1>{ui.say(text.title)}</h1>
      <p class="lead">{ui.say(text.lead)}</p>
      {frame.figures && fleet.length > 0 && (
        <p>
          <a href={sitePath(site, '/stores')}>{ui.say(words.compare)}</a>
        </p>
      )}
    </header>
    {newCode && <EnrolmentCode ui={ui} newCode={newCode} />}
    {fleet.length === 0 && <p class="empty">{ui.say(text.noStore)}</p>}
    {fleet.map(({ store, kiosks }) => (
      <Section
        id={`store-${store.id}`}
        title={store.name}
        note={
          frame.figures || mayEnrol ? (
            <a href={sitePath(site, `/stores/${store.id}`)}>{ui.say(mayEnrol ? words.figuresAndSettings : words.figures)}</a>
          ) : undefined
        }
      >
        {kiosks.length === 0 ? (
          <p class="empty">{ui.say(text.none)}</p>
        ) : (
          <Kiosks ui={ui} site={site} store={store} kiosks={kiosks} today={today} mayEnrol={mayEnrol} />
        )}
        {mayEnrol && <AddKiosk ui={ui} site={site} store={store} />}
      </Section>
    ))}
    {fleet.length > 0 && <KioskAlerts ui={ui} site={site} chosen={alerts} />}
    {mayEnrol && <AddStore ui={ui} site={site} wrong={wrongZone} />}
  </Page>
);
