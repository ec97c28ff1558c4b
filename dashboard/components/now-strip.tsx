/** What happens now, as a strip: visitors, the last half hour, the latest opt-in, the kiosks that are on. An island keeps it fresh. */
import type { Realtime } from '../../collector/report/realtime.ts';
import type { Site } from '../../collector/store/sites.ts';
import { MinuteBars } from '../chart/minute-bars.tsx';
import { sitePath } from '../links.ts';
import { nowPhrases, now as text } from '../text/now.ts';
import { overview } from '../text/overview.ts';
import type { Ui } from '../ui.ts';

type Props = { ui: Ui; site: Site; now: Realtime };

const Latest = ({ ui, now }: Omit<Props, 'site'>) => {
  const [latest] = now.optIns;
  if (!latest) return <dd class="unmeasured">{ui.say(text.noOptIn)}</dd>;
  return (
    <dd>
      <time datetime={new Date(latest.at).toISOString()}>{ui.format.ago(latest.at)}</time>{' '}
      <span class="from">{latest.touchpoint === 'web' ? ui.say(overview.web) : (latest.store ?? ui.say(overview.none))}</span>
    </dd>
  );
};

/** `data-now` is where the island finds a newer one. */
export const NowStrip = ({ ui, site, now }: Props) => {
  const visitors = now.minutes.map((minute) => minute.visitors);
  const { count } = ui.format;
  const most = count(Math.max(0, ...visitors));
  const stores = [...new Set(now.kiosks.map((kiosk) => kiosk.store))];
  return (
    <section class="now" id="now" data-now={sitePath(site, '/now')} aria-labelledby="now-title">
      <h2 id="now-title">
        <a href={sitePath(site, '/now')}>{ui.say(text.title)}</a>
      </h2>
      <dl>
        <div>
          <dt>{ui.say(text.visitors)}</dt>
          <dd class="count">{count(now.visitors)}</dd>
        </div>
        <div class="half-hour">
          <dt>{ui.say(text.halfHour)}</dt>
          <dd>
            <MinuteBars visitors={visitors} says={ui.say(nowPhrases.picture(most))} />
            {visitors.some((n) => n > 0) && <span class="from">{ui.say(nowPhrases.most(most))}</span>}
          </dd>
        </div>
        <div>
          <dt>{ui.say(text.latest)}</dt>
          <Latest ui={ui} now={now} />
        </div>
        {now.enrolled > 0 && (
          <div>
            <dt>{ui.say(text.kiosks)}</dt>
            <dd>
              {ui.say(nowPhrases.of(count(now.kiosks.length), count(now.enrolled)))} <span class="from">{stores.join(', ')}</span>
            </dd>
          </div>
        )}
      </dl>
    </section>
  );
};
