/** Period and comparison as links; other dates in a form that any browser can send. */
import type { Period } from '../../collector/report/query.ts';
import type { Days } from '../comparison.ts';
import { type Here, hrefOf, keptParams } from '../links.ts';
import { compareNames, periodNames, periods as text } from '../text/periods.ts';
import type { Ui } from '../ui.ts';

const SHOWN: Period[] = ['day', '7d', '28d', '91d', '12mo'];
const MORE: Period[] = ['yesterday', '24h', 'month', 'last_month', '6mo', 'year', 'all'];
const COMPARISONS = ['previous_period', 'year', null] as const;

type Props = { ui: Ui; here: Here; days: Days };
const current = (is: boolean) => (is ? 'true' : undefined);

const PeriodLink = ({ ui, here, period }: Omit<Props, 'days'> & { period: Period }) => (
  <a href={hrefOf(here, { range: period })} aria-current={current(here.view.range === period)}>
    {ui.say(periodNames[period])}
  </a>
);

/** The form keeps what else the address says. */
const DateForm = ({ ui, here, days }: Props) => (
  <form action={here.path} method="get" class="dates">
    {keptParams(here, 'period', 'from', 'to').map(([name, value]) => (
      <input type="hidden" name={name} value={value} />
    ))}
    <label>
      {ui.say(text.from)} <input type="date" name="from" value={days.from} required />
    </label>
    <label>
      {ui.say(text.to)} <input type="date" name="to" value={days.to} required />
    </label>
    <button type="submit">{ui.say(text.show)}</button>
  </form>
);

export const Periods = ({ ui, here, days }: Props) => {
  const { range } = here.view;
  const other = typeof range === 'object' ? text.custom : SHOWN.includes(range) ? text.other : periodNames[range];
  return (
    <nav class="periods" aria-label={ui.say(text.label)}>
      {SHOWN.map((period) => (
        <PeriodLink ui={ui} here={here} period={period} />
      ))}
      <details id="other-dates" class="drop">
        <summary class={other === text.other ? '' : 'on'}>{ui.say(other)}</summary>
        <div class="sheet">
          <div class="choices">
            {MORE.map((period) => (
              <PeriodLink ui={ui} here={here} period={period} />
            ))}
          </div>
          <DateForm ui={ui} here={here} days={days} />
        </div>
      </details>
    </nav>
  );
};

/** Takes the choice, or takes it back. */
const MatchWeekdays = ({ ui, here }: Omit<Props, 'days'>) => {
  const { matchWeekdays } = here.view;
  return (
    <a class="tick" href={hrefOf(here, { matchWeekdays: !matchWeekdays })} aria-current={current(matchWeekdays)}>
      {matchWeekdays && <span class="spoken">{ui.say(text.takeOff)} </span>}
      {ui.say(text.sameWeekdays)}
    </a>
  );
};

export const Comparisons = ({ ui, here }: Omit<Props, 'days'>) => (
  <nav class="comparisons" aria-label={ui.say(text.compare)}>
    <span aria-hidden="true">{ui.say({ fr: `${text.compare.fr} :`, en: `${text.compare.en}:` })}</span>
    {COMPARISONS.map((compare) => (
      <a href={hrefOf(here, { compare })} aria-current={current(here.view.compare === compare)}>
        {ui.say(compareNames[compare ?? 'none'])}
      </a>
    ))}
    {here.view.compare !== null && <MatchWeekdays ui={ui} here={here} />}
  </nav>
);
