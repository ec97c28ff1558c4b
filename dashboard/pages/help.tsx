/** Help: prose written in docs/help, with the lists that come from the registries set in at their markers. */
import { raw } from 'hono/html';
import type { FC } from 'hono/jsx';
import type { HelpPage } from '../../build/dashboard/generated.mjs';
import { WINDOWS } from '../../collector/report/metric-windows.ts';
import { METRICS } from '../../collector/report/metrics.ts';
import { REFUSALS } from '../../collector/wire.ts';
import { ChannelRules } from '../components/channel-rules.tsx';
import { DimensionList, ReasonList } from '../components/query-lists.tsx';
import { ClickIdList, PassThroughLists, SourceLists } from '../components/source-lists.tsx';
import { type Frame, Page } from '../layout.tsx';
import { helpPhrases, helpWords as text } from '../text/help.ts';
import { refusals } from '../text/refusals.ts';
import type { Ui } from '../ui.ts';

type Props = { ui: Ui; frame: Frame | null; pages: HelpPage[]; page: HelpPage | null };

const MetricList = ({ ui }: { ui: Ui }) => (
  <div class="entries" id="metrics">
    {METRICS.map((metric) => (
      <section class="entry" id={metric.name}>
        <h3>{ui.say(metric.label)}</h3>
        <p>{ui.say(metric.definition)}</p>
        <p class="remark">
          {ui.say(text.formula)}
          {ui.language === 'fr' ? '\u202f: ' : ': '}
          <code>{ui.say(metric.formula)}</code> · {ui.say(text.window)}
          {ui.language === 'fr' ? '\u202f: ' : ': '}
          {ui.say(WINDOWS[metric.counts])}
          {metric.additive && ` · ${ui.say(text.addsUp)}`} · {ui.say(text.apiName)}
          {ui.language === 'fr' ? '\u202f: ' : ': '}
          <code>{metric.name}</code> · {ui.say(helpPhrases.version(ui.format.count(metric.version)))}
        </p>
      </section>
    ))}
  </div>
);

const RefusalList = ({ ui }: { ui: Ui }) => (
  <div class="entries">
    {REFUSALS.map((name) => (
      <section class="entry" id={name}>
        <h3>{ui.say(refusals[name].name)}</h3>
        <p>
          {ui.say(refusals[name].advice)} <code>{name}</code>
        </p>
      </section>
    ))}
  </div>
);

/** What stands at the markers of the prose, made from the registries. */
const LISTS = new Map<string, FC<{ ui: Ui }>>([
  ['metrics', MetricList],
  ['refusals', RefusalList],
  ['dimensions', DimensionList],
  ['reasons', ReasonList],
  ['channels', ChannelRules],
  ['sources', SourceLists],
  ['click-ids', ClickIdList],
  ['pass-through', PassThroughLists],
]);

/** The HTML is built from our own files at build time; nothing of a visitor or a site is ever in it. */
const Prose = ({ ui, html }: { ui: Ui; html: string }) => (
  <>
    {html.split(/<!-- ([a-z-]+) -->/).map((part, i) => {
      const List = i % 2 === 1 ? LISTS.get(part) : undefined;
      return List ? <List ui={ui} /> : raw(part);
    })}
  </>
);

export const HelpPageView = ({ ui, frame, pages, page }: Props) => (
  <Page ui={ui} frame={frame} place="help" title={page?.title ?? ui.say(text.title)}>
    {page === null ? (
      <>
        <header class="opening">
          <h1>{ui.say(text.title)}</h1>
          <p class="lead">{ui.say(text.lead)}</p>
        </header>
        <ul class="contents">
          {pages.map((one) => (
            <li>
              <a href={`/help/${one.slug}`}>{one.title}</a>
              <p>{one.lead}</p>
            </li>
          ))}
        </ul>
      </>
    ) : (
      <div class="help">
        <article class="prose">
          <Prose ui={ui} html={page.html} />
        </article>
        <nav aria-label={ui.say(text.contents)}>
          {pages.map((one) => (
            <a href={`/help/${one.slug}`} aria-current={one.slug === page.slug ? 'page' : undefined}>
              {one.title}
            </a>
          ))}
        </nav>
      </div>
    )}
  </Page>
);
