/** What happens now, in full: the strip, every minute as a table, the latest opt-ins, the kiosks that are on. */
import type { Realtime } from '../../collector/report/realtime.ts';
import type { Site } from '../../collector/store/sites.ts';
import { NowStrip } from '../components/now-strip.tsx';
import { OptInLine } from '../components/opt-ins.tsx';
import { Section } from '../components/section.tsx';
import { type Frame, Page } from '../layout.tsx';
import { now as text } from '../text/now.ts';
import type { Ui } from '../ui.ts';

type Props = { ui: Ui; frame: Frame; site: Site; now: Realtime };

const Minutes = ({ ui, now }: Pick<Props, 'ui' | 'now'>) => (
  <table class="dense">
    <thead>
      <tr>
        <th scope="col">{ui.say(text.minute)}</th>
        <th scope="col" class="num">
          {ui.say(text.visitorsShort)}
        </th>
        <th scope="col" class="num">
          {ui.say(text.pageviews)}
        </th>
      </tr>
    </thead>
    <tbody>
      {now.minutes.toReversed().map(({ at, visitors, pageviews }) => (
        <tr>
          <th scope="row">{ui.format.time(at)}</th>
          <td class="num">{ui.format.count(visitors)}</td>
          <td class="num">{ui.format.count(pageviews)}</td>
        </tr>
      ))}
    </tbody>
  </table>
);

export const NowPage = ({ ui, frame, site, now }: Props) => (
  <Page ui={ui} frame={frame} place="overview" title={ui.say(text.title)} script live>
    <header class="opening">
      <h1>{ui.say(text.title)}</h1>
      <p class="lead">{ui.say(text.lead)}</p>
    </header>
    <NowStrip ui={ui} site={site} now={now} />
    <Section id="opt-ins" title={ui.say(text.latestAll)} note={ui.say(text.noAddress)}>
      {now.optIns.length === 0 ? (
        <p class="empty">{ui.say(text.noOptIn)}</p>
      ) : (
        <ul class="latest">
          {now.optIns.map((optIn) => (
            <OptInLine ui={ui} optIn={optIn} />
          ))}
        </ul>
      )}
    </Section>
    <Section id="kiosks" title={ui.say(text.kiosks)} note={ui.say(text.kiosksNote)}>
      {now.kiosks.length === 0 ? (
        <p class="empty">{ui.say(text.noKiosk)}</p>
      ) : (
        <ul class="latest">
          {now.kiosks.map(({ name, store, lastSeenAt }) => (
            <li>
              <time datetime={new Date(lastSeenAt).toISOString()}>{ui.format.ago(lastSeenAt)}</time>
              <span class="where">
                {store} <span class="path">{name}</span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
    <Section id="minutes" title={ui.say(text.minutes)}>
      <Minutes ui={ui} now={now} />
    </Section>
  </Page>
);
