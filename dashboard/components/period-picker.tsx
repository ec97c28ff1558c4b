/** Period and comparison as links; other dates in a form that any browser can send. */
import type { Period } from '../../collector/report/query.ts';
import type { Meta } from '../../collector/report/result.ts';
import type { Site } from '../../collector/store/sites.ts';
import { sitePath, type View, viewHref, viewParams } from '../links.ts';
import { compareNames, periodNames, periods as text } from '../text/periods.ts';
import type { Ui } from '../ui.ts';

const SHOWN: Period[] = ['day', '7d', '28d', '91d', '12mo'];
const MORE: Period[] = ['yesterday', '24h', 'month', 'last_month', '6mo', 'year', 'all'];
const COMPARISONS = ['previous_period', 'year', null] as const;

type Props = { ui: Ui; site: Site; view: View; meta: Meta };
const current = (is: boolean) => (is ? 'true' : undefined);

const PeriodLink = ({ ui, site, view, period }: Omit<Props, 'meta'> & { period: Period }) => (
  <a href={viewHref(site, view, { range: period })} aria-current={current(view.range === period)}>
    {ui.say(periodNames[period])}
  </a>
);

/** The form keeps what else the address says. */
const DateForm = ({ ui, site, view, meta }: Props) => (
  <form action={sitePath(site)} method="get" class="dates">
    {viewParams(view)
      .filter(([name]) => name === 'compare' || name === 'chart')
      .map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
    <label>
      {ui.say(text.from)} <input type="date" name="from" value={meta.from} required />
    </label>
    <label>
      {ui.say(text.to)} <input type="date" name="to" value={meta.to} required />
    </label>
    <button type="submit">{ui.say(text.show)}</button>
  </form>
);

export const PeriodPicker = ({ ui, site, view, meta }: Props) => {
  const other = typeof view.range === 'object' ? text.custom : SHOWN.includes(view.range) ? text.other : periodNames[view.range];
  return (
    <div class="pickers">
      <nav class="periods" aria-label={ui.say(text.label)}>
        {SHOWN.map((period) => (
          <PeriodLink ui={ui} site={site} view={view} period={period} />
        ))}
        <details id="other-dates" class="drop">
          <summary class={other === text.other ? '' : 'on'}>{ui.say(other)}</summary>
          <div class="sheet">
            <div class="choices">
              {MORE.map((period) => (
                <PeriodLink ui={ui} site={site} view={view} period={period} />
              ))}
            </div>
            <DateForm ui={ui} site={site} view={view} meta={meta} />
          </div>
        </details>
      </nav>
      <nav class="comparisons" aria-label={ui.say(text.compare)}>
        <span aria-hidden="true">{ui.say({ fr: `${text.compare.fr} :`, en: `${text.compare.en}:` })}</span>
        {COMPARISONS.map((compare) => (
          <a href={viewHref(site, view, { compare })} aria-current={current(view.compare === compare)}>
            {ui.say(compareNames[compare ?? 'none'])}
          </a>
        ))}
      </nav>
    </div>
  );
};
