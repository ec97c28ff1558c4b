/** "Waiting for your first visit": the tag to paste, what arrives, and what is wrong when nothing counts. */
import type { Pinned } from '../../build/dashboard/generated.mjs';
import type { Site } from '../../collector/store/sites.ts';
import { RefusedList, type RefusedRow } from '../components/refused.tsx';
import { Section } from '../components/section.tsx';
import { type Frame, Page } from '../layout.tsx';
import { sitePath } from '../links.ts';
import { checks, start as text } from '../text/start.ts';
import type { Ui } from '../ui.ts';

const REFRESH_S = 5;
type Props = {
  ui: Ui;
  frame: Frame;
  site: Site;
  origin: string;
  refused: RefusedRow[];
  /** Imported history is in the reports already. */
  imported: boolean;
  watching: boolean;
  /** The newest released pinned file, when there is one. */
  pinned: Pinned | null;
};

export const tagOf = (site: Site, origin: string): string =>
  `<script defer src="${origin}/c.js" data-site="${site.key}"></script>`;

/** The tag whose file never changes and whose content the browser checks. */
export const pinnedTagOf = (site: Site, origin: string, pin: Pinned): string =>
  `<script defer src="${origin}/${pin.name}" integrity="${pin.integrity}" crossorigin="anonymous" data-site="${site.key}"></script>`;

/** Reloading can be stopped, as a page that moves by itself must allow (WCAG 2.2.2). */
export const StartPage = ({ ui, frame, site, origin, refused, imported, watching, pinned }: Props) => (
  <Page ui={ui} frame={frame} place="overview" title={ui.say(text.title)} refreshS={watching ? REFRESH_S : undefined}>
    <header class="opening">
      <h1>{ui.say(text.title)}</h1>
      <p class="lead">{ui.say(text.lead)}</p>
      {imported && (
        <p>
          <a href={sitePath(site)}>{ui.say(text.imported)}</a>
        </p>
      )}
      <p class={watching ? 'pulse' : 'pulse still'}>
        {ui.say(watching ? text.watching : text.paused)}{' '}
        <a href={sitePath(site, watching ? '/start?watch=off' : '/start')}>{ui.say(watching ? text.stop : text.resume)}</a>
      </p>
    </header>
    <Section id="tag" title={ui.say(text.tag)} note={<a href="/help/install">{ui.say(text.more)}</a>}>
      <pre class="code" tabindex={0}>
        <code>{tagOf(site, origin)}</code>
      </pre>
      {pinned && (
        <>
          <h3>{ui.say(text.pinned)}</h3>
          <p class="remark">{ui.say(text.pinnedLead)}</p>
          <pre class="code" tabindex={0}>
            <code>{pinnedTagOf(site, origin, pinned)}</code>
          </pre>
        </>
      )}
      <h3>{ui.say(text.domains)}</h3>
      <ul class="hosts">
        {site.hosts.map((host) => (
          <li>
            <code>{host}</code>
          </li>
        ))}
      </ul>
    </Section>
    <Section id="arrived" title={ui.say(refused.length > 0 ? text.arrived : text.silent)}>
      {refused.length > 0 && <RefusedList ui={ui} rows={refused} />}
      <h3>{ui.say(text.checks)}</h3>
      <ol class="checks">
        {checks.map((check) => (
          <li>{ui.say(check)}</li>
        ))}
      </ol>
    </Section>
  </Page>
);
