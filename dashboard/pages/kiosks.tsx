/** The fleet: is this screen on and sending, and a new code for one that is not. */
import type { Site } from '../../collector/store/sites.ts';
import { Section } from '../components/section.tsx';
import { Table } from '../components/table.tsx';
import { type Frame, Page } from '../layout.tsx';
import { sitePath } from '../links.ts';
import { kioskPhrases, kiosks as text } from '../text/kiosks.ts';
import type { Ui } from '../ui.ts';

export type Kiosk = {
  id: number;
  name: string;
  enrolledAt: number | null;
  lastSeenAt: number | null;
  tagVersion: string | null;
  revokedAt: number | null;
};
export type Store = { store: { id: number; name: string; zone: string }; kiosks: Kiosk[] };
/** A code just made. It is shown in the answer to the form and nowhere else. */
export type NewCode = { kiosk: string; store: string; code: string; until: number };
type Props = { ui: Ui; frame: Frame; site: Site; fleet: Store[]; mayEnrol: boolean; newCode: NewCode | null };

/** A kiosk that sleeps at night is silent, not broken: no alarm, only the time. */
const ONLINE_MS = 15 * 60_000;

const State = ({ ui, kiosk }: { ui: Ui; kiosk: Kiosk }) => {
  const online = kiosk.lastSeenAt !== null && ui.nowMs - kiosk.lastSeenAt < ONLINE_MS;
  const [words, tone] =
    kiosk.revokedAt !== null
      ? ([text.revoked, 'off'] as const)
      : kiosk.enrolledAt === null
        ? ([text.waiting, 'off'] as const)
        : online
          ? ([text.online, 'on'] as const)
          : ([text.silent, 'quiet'] as const);
  const seen = kiosk.lastSeenAt === null ? ui.say(text.never) : ui.say(kioskPhrases.seen(ui.format.ago(kiosk.lastSeenAt)));
  return (
    <>
      <span class={`state ${tone}`}>{ui.say(words)}</span>
      {kiosk.enrolledAt !== null && <span class="from">{seen}</span>}
    </>
  );
};

const CodeForm = ({ ui, site, kiosk }: { ui: Ui; site: Site; kiosk: Kiosk }) => (
  <form method="post" action={sitePath(site, '/kiosks')}>
    <input type="hidden" name="kiosk" value={String(kiosk.id)} />
    <button type="submit" aria-label={ui.say(kioskPhrases.forKiosk(kiosk.name))}>
      {ui.say(text.newCode)}
    </button>
  </form>
);

const Code = ({ ui, newCode }: { ui: Ui; newCode: NewCode }) => (
  <section class="notice code-notice" role="status" aria-labelledby="code">
    <h2 id="code">
      {ui.say(text.codeTitle)} – {newCode.kiosk}, {newCode.store}
    </h2>
    <p class="big-code">{newCode.code}</p>
    <p>
      {ui.say(text.how)} <code>#enrol={newCode.code}</code>
    </p>
    <p class="remark">
      {ui.say(kioskPhrases.until(ui.format.time(newCode.until)))} {ui.say(text.once)}
    </p>
  </section>
);

export const KiosksPage = ({ ui, frame, site, fleet, mayEnrol, newCode }: Props) => (
  <Page ui={ui} frame={frame} place="kiosks" title={ui.say(text.title)}>
    <header class="opening">
      <h1>{ui.say(text.title)}</h1>
      <p class="lead">{ui.say(text.lead)}</p>
    </header>
    {newCode && <Code ui={ui} newCode={newCode} />}
    {fleet.length === 0 && <p class="empty">{ui.say(text.noStore)}</p>}
    {fleet.map(({ store, kiosks }) => (
      <Section id={`store-${store.id}`} title={store.name}>
        {kiosks.length === 0 ? (
          <p class="empty">{ui.say(text.none)}</p>
        ) : (
          <Table
            kind="fleet"
            caption={store.name}
            first={ui.say(text.kiosk)}
            columns={[text.state, text.tag, ...(mayEnrol ? [text.action] : [])].map((words) => ({
              label: ui.say(words),
              plain: ui.say(words),
            }))}
            rows={kiosks.map((kiosk) => ({
              head: kiosk.name,
              cells: [
                <State ui={ui} kiosk={kiosk} />,
                kiosk.tagVersion ?? '–',
                ...(mayEnrol ? [<CodeForm ui={ui} site={site} kiosk={kiosk} />] : []),
              ],
            }))}
          />
        )}
      </Section>
    ))}
  </Page>
);
