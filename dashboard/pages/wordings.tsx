/** The wording editor: what is in use, what was retired, and a new text, shown as the visitor will see it before it stands for good. */
import type { NewWording } from '../../collector/people/edit-wordings.ts';
import type { RegisteredWording } from '../../collector/people/wordings.ts';
import type { Site } from '../../collector/store/sites.ts';
import { Section } from '../components/section.tsx';
import { Carried, type Draft, WordingForm } from '../components/wording-form.tsx';
import { WordingPreview } from '../components/wording-preview.tsx';
import { type Frame, Page } from '../layout.tsx';
import { sitePath } from '../links.ts';
import { wordings as text, wordingPhrases } from '../text/wordings.ts';
import type { Ui } from '../ui.ts';

export type Said = 'registered' | 'retired' | 'removed' | 'used';
type Use = { optIns: number; lastAt: number };
type Props = {
  ui: Ui;
  frame: Frame;
  site: Site;
  wordings: readonly RegisteredWording[];
  uses: ReadonlyMap<string, Use>;
  draft: Draft;
  /** The part of the draft that is wrong. */
  problem: string | null;
  /** A draft that can be registered: shown instead of its form. */
  preview: NewWording | null;
  /** The wording of which the draft is a new version. */
  from: string | null;
  said: Said | null;
};
const path = (site: Site) => sitePath(site, '/wordings');

const Acts = ({ ui, site, wording, use }: { ui: Ui; site: Site; wording: RegisteredWording; use: Use | undefined }) => (
  <div class="acts">
    <a href={`${path(site)}?from=${encodeURIComponent(wording.id)}#create`}>{ui.say(text.newVersion)}</a>
    {wording.retiredAt === null && (
      <details class="twice">
        <summary aria-label={`${ui.say(text.retire)} – ${wording.id}`}>{ui.say(text.retire)}</summary>
        <form method="post" action={path(site)}>
          <button type="submit" name="retire" value={wording.id}>
            {ui.say(text.retireForGood)}
          </button>
        </form>
      </details>
    )}
    {use === undefined && wording.usedAt === null && (
      <form method="post" action={path(site)}>
        <button type="submit" name="remove" value={wording.id} aria-label={`${ui.say(text.remove)} – ${wording.id}`}>
          {ui.say(text.remove)}
        </button>
      </form>
    )}
  </div>
);

const Registered = ({ ui, site, wording, use }: { ui: Ui; site: Site; wording: RegisteredWording; use: Use | undefined }) => (
  <article class="wording" id={`w-${wording.id}`}>
    <h3>
      <code>{wording.id}</code>
    </h3>
    {wording.retiredAt !== null && use && use.lastAt > wording.retiredAt && <p class="hint">{ui.say(text.stillUsed)}</p>}
    <WordingPreview ui={ui} wording={wording} />
    <dl class="facts">
      <dt>{ui.say(text.optIns)}</dt>
      <dd>{ui.format.count(use?.optIns ?? 0)}</dd>
      <dt>{ui.say(text.last)}</dt>
      <dd>{use ? ui.format.moment(use.lastAt) : ui.say(text.never)}</dd>
      <dt>{ui.say(text.made)}</dt>
      <dd>{ui.format.moment(wording.createdAt)}</dd>
      <dt>{ui.say(text.hash)}</dt>
      <dd>
        <code class="hash">{wording.sha256}</code>
      </dd>
      <dt>{ui.say(text.privacyCopy)}</dt>
      <dd>{wording.privacySha256 === null ? ui.say(text.noCopy) : <code class="hash">{wording.privacySha256}</code>}</dd>
    </dl>
    <Acts ui={ui} site={site} wording={wording} use={use} />
  </article>
);

const Preview = ({ ui, site, preview, draft }: { ui: Ui; site: Site; preview: NewWording; draft: Draft }) => (
  <Section id="create" title={ui.say(text.previewTitle)} note={ui.say(text.previewNote)}>
    <p>
      <code>{preview.id}</code>
    </p>
    <WordingPreview ui={ui} wording={preview} />
    <form method="post" action={path(site)} class="form">
      <Carried draft={draft} />
      <button type="submit" class="primary" name="do" value="register">
        {ui.say(text.register)}
      </button>
      <button type="submit" class="secondary" name="do" value="edit">
        {ui.say(text.edit)}
      </button>
    </form>
  </Section>
);

export const WordingsPage = (props: Props) => {
  const { ui, frame, site, wordings, uses, draft, problem, preview, from, said } = props;
  const [current, retired] = [wordings.filter((w) => w.retiredAt === null), wordings.filter((w) => w.retiredAt !== null)];
  const show = (wording: RegisteredWording) => <Registered ui={ui} site={site} wording={wording} use={uses.get(wording.id)} />;
  return (
    <Page ui={ui} frame={frame} place="wordings" title={ui.say(text.title)}>
      <header class="opening">
        <h1>{ui.say(text.title)}</h1>
        <p class="lead">
          {ui.say(text.lead)} <a href="/help/wordings">{ui.say(text.help)}</a>
        </p>
      </header>
      {said !== null && (
        <p class="notice" role="status">
          {ui.say(text[said])}
        </p>
      )}
      {preview && <Preview ui={ui} site={site} preview={preview} draft={draft} />}
      <Section id="list" title={ui.say(text.list)}>
        {current.length === 0 ? <p class="empty">{ui.say(text.none)}</p> : current.map(show)}
      </Section>
      {!preview && (
        <Section id="create" title={ui.say(from === null ? text.create : wordingPhrases.of(from))} note={ui.say(text.createNote)}>
          <WordingForm ui={ui} action={path(site)} draft={draft} problem={problem} />
        </Section>
      )}
      {retired.length > 0 && (
        <Section id="retired" title={ui.say(text.retiredList)} note={ui.say(text.retiredNote)}>
          {retired.map(show)}
        </Section>
      )}
    </Page>
  );
};
