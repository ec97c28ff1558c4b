/** Connections of a site: the e-mail tools and webhooks there are, and new ones. */
import type { Outlet } from '../../collector/notify/outlets/outlet.ts';
import type { Words } from '../../collector/report/metric.ts';
import type { Site } from '../../collector/store/sites.ts';
import { HookForm, ToolForm } from '../components/connection-forms.tsx';
import { OutletState } from '../components/outlet-state.tsx';
import { OutletTarget } from '../components/outlet-target.tsx';
import { Section } from '../components/section.tsx';
import { Table } from '../components/table.tsx';
import { type Frame, Page } from '../layout.tsx';
import { sitePath } from '../links.ts';
import { connections as text } from '../text/connections.ts';
import type { Ui } from '../ui.ts';

type Props = {
  ui: Ui;
  frame: Frame;
  site: Site;
  tools: readonly Outlet[];
  hooks: readonly Outlet[];
  /** What was sent and not taken, and why. */
  wrong: { form: 'tool' | 'hook'; problem: Words; typed: Record<string, string> } | null;
  said: Words | null;
};

const List = ({ ui, site, outlets, caption }: { ui: Ui; site: Site; outlets: readonly Outlet[]; caption: Words }) => {
  const label = (words: Words) => ({ label: ui.say(words), plain: ui.say(words) });
  return (
    <Table
      kind="settings"
      caption={ui.say(caption)}
      first={ui.say(text.name)}
      columns={[label(text.goesTo), label(text.state), label(text.worked), label(text.waiting)]}
      rows={outlets.map((outlet) => ({
        head: <a href={sitePath(site, `/connections/${outlet.id}`)}>{outlet.name}</a>,
        cells: [
          <OutletTarget outlet={outlet} />,
          <OutletState ui={ui} outlet={outlet} />,
          outlet.workedAt === null ? ui.say(text.never) : ui.format.ago(outlet.workedAt),
          ui.format.count(outlet.waiting),
        ],
      }))}
    />
  );
};

export const ConnectionsPage = ({ ui, frame, site, tools, hooks, wrong, said }: Props) => {
  const path = sitePath(site, '/connections');
  const of = (form: 'tool' | 'hook') => ({
    ui,
    path,
    problem: wrong?.form === form ? wrong.problem : null,
    typed: wrong?.form === form ? wrong.typed : {},
  });
  return (
    <Page ui={ui} frame={frame} place="connections" title={ui.say(text.title)}>
      <header class="opening">
        <h1>{ui.say(text.title)}</h1>
        <p class="lead">
          {ui.say(text.lead)} <a href="/help/connections">{ui.say(text.help)}</a>
        </p>
      </header>
      {said && (
        <p class="notice" role="status">
          {ui.say(said)}
        </p>
      )}
      <Section id="tools" title={ui.say(text.tools)} note={ui.say(text.toolsNote)} wide>
        {tools.length === 0 ? (
          <p class="empty">{ui.say(text.noTools)}</p>
        ) : (
          <List ui={ui} site={site} outlets={tools} caption={text.tools} />
        )}
        <details class="twice" open={wrong?.form === 'tool'}>
          <summary>{ui.say(text.addTool)}</summary>
          <ToolForm {...of('tool')} />
        </details>
      </Section>
      <Section id="hooks" title={ui.say(text.hooks)} note={ui.say(text.hooksNote)} wide>
        {hooks.length === 0 ? (
          <p class="empty">{ui.say(text.noHooks)}</p>
        ) : (
          <List ui={ui} site={site} outlets={hooks} caption={text.hooks} />
        )}
        <details class="twice" open={wrong?.form === 'hook'}>
          <summary>{ui.say(text.addHook)}</summary>
          <HookForm {...of('hook')} />
        </details>
      </Section>
    </Page>
  );
};
