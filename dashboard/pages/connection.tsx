/** One connection: its state, what can be done with it, and its log. */
import type { LoggedDelivery } from '../../collector/notify/outlets/delivery-log.ts';
import type { Outlet } from '../../collector/notify/outlets/outlet.ts';
import { isAnnouncementType } from '../../collector/notify/webhooks/announcement-types.ts';
import type { Words } from '../../collector/report/metric.ts';
import type { Site } from '../../collector/store/sites.ts';
import { OutletLog } from '../components/outlet-log.tsx';
import { OutletState } from '../components/outlet-state.tsx';
import { OutletTarget } from '../components/outlet-target.tsx';
import { Section } from '../components/section.tsx';
import { type Frame, Page } from '../layout.tsx';
import { sitePath } from '../links.ts';
import { connectionPhrases, connections as text, typeWords } from '../text/connections.ts';
import type { Ui } from '../ui.ts';

type Props = {
  ui: Ui;
  frame: Frame;
  site: Site;
  outlet: Outlet;
  log: readonly LoggedDelivery[];
  /** The signing secret just made; it is in this answer and nowhere else. */
  fresh: string | null;
  /** Where Mailchimp reports who left, with the key in it; null for others. */
  reportsTo: string | null;
  said: Words | null;
};

const Fresh = ({ ui, secret }: { ui: Ui; secret: string }) => (
  <section class="notice code-notice" role="status" aria-labelledby="fresh">
    <h2 id="fresh">{ui.say(text.fresh)}</h2>
    <p>
      <code class="secret">{secret}</code>
    </p>
    <p>
      {ui.say(text.once)} <a href="/help/webhooks">{ui.say(text.help)}</a>
    </p>
  </section>
);

const Act = ({ ui, path, act, words }: { ui: Ui; path: string; act: string; words: Words }) => (
  <form method="post" action={path}>
    <button type="submit" name="act" value={act}>
      {ui.say(words)}
    </button>
  </form>
);

const Acts = ({ ui, path, outlet }: { ui: Ui; path: string; outlet: Outlet }) => {
  const stands = outlet.pausedAt !== null || outlet.endedAt !== null;
  return (
    <div class="choice">
      {outlet.endedAt === null && <Act ui={ui} path={path} act="test" words={text.test} />}
      <Act ui={ui} path={path} act={stands ? 'resume' : 'pause'} words={stands ? text.resume : text.pause} />
      {outlet.kind === 'webhook' && <Act ui={ui} path={path} act="rotate" words={text.rotate} />}
      {outlet.kind !== 'webhook' && outlet.endedAt === null && <Act ui={ui} path={path} act="all" words={text.all} />}
      <details class="twice">
        <summary aria-label={ui.say(connectionPhrases.removeNamed(outlet.name))}>{ui.say(text.remove)}</summary>
        {outlet.kind !== 'webhook' && <p class="remark">{ui.say(text.removeNote)}</p>}
        <Act ui={ui} path={path} act="remove" words={text.removeForGood} />
      </details>
    </div>
  );
};

export const ConnectionPage = ({ ui, frame, site, outlet, log, fresh, reportsTo, said }: Props) => {
  const path = sitePath(site, `/connections/${outlet.id}`);
  const rotating = outlet.oldUntil !== null && outlet.oldUntil > ui.nowMs;
  return (
    <Page ui={ui} frame={frame} place="connections" title={outlet.name}>
      <header class="opening">
        <h1>{outlet.name}</h1>
        <p class="lead">
          <a href={sitePath(site, '/connections')}>{ui.say(text.back)}</a>
        </p>
      </header>
      {fresh !== null && <Fresh ui={ui} secret={fresh} />}
      {said && (
        <p class="notice" role="status">
          {ui.say(said)}
        </p>
      )}
      <Section
        id="settings"
        title={ui.say(text.settings)}
        note={ui.say(outlet.kind === 'webhook' ? text.rotateNote : text.allNote)}
      >
        <dl class="facts roomy">
          <dt>{ui.say(text.goesTo)}</dt>
          <dd>
            <OutletTarget outlet={outlet} />
          </dd>
          <dt>{ui.say(text.state)}</dt>
          <dd>
            <OutletState ui={ui} outlet={outlet} />
          </dd>
          <dt>{ui.say(text.types)}</dt>
          <dd>
            {outlet.types
              .filter(isAnnouncementType)
              .map((type) => ui.say(typeWords[type]))
              .join(', ')}
          </dd>
          <dt>{ui.say(text.worked)}</dt>
          <dd>{outlet.workedAt === null ? ui.say(text.never) : ui.format.moment(outlet.workedAt)}</dd>
          <dt>{ui.say(text.waiting)}</dt>
          <dd>{ui.format.count(outlet.waiting)}</dd>
        </dl>
        {rotating && <p class="hint">{ui.say(connectionPhrases.both(ui.format.moment(outlet.oldUntil ?? 0)))}</p>}
        <Acts ui={ui} path={path} outlet={outlet} />
      </Section>
      {reportsTo !== null && (
        <Section id="returns" title={ui.say(text.returns)} note={ui.say(text.returnsNote)}>
          <p>
            <code class="secret">{reportsTo}</code>
          </p>
        </Section>
      )}
      <Section id="log" title={ui.say(text.log)} note={ui.say(text.logNote)} wide>
        {log.length === 0 ? <p class="empty">{ui.say(text.noLog)}</p> : <OutletLog ui={ui} path={path} log={log} />}
      </Section>
    </Page>
  );
};
