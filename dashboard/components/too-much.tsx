/** A part of a report that would take too many rows to read: why, and what to leave out. */
import type { Problem } from '../../collector/report/query.ts';
import type { Site } from '../../collector/store/sites.ts';
import { viewHref } from '../links.ts';
import { filters as text } from '../text/filters.ts';
import { periodNames } from '../text/periods.ts';
import type { Ui } from '../ui.ts';
import type { View } from '../view.ts';

/** What the reports say about it. */
export const Refusal = ({ ui, problem }: { ui: Ui; problem: Problem }) => (
  <p class="empty">{ui.say({ fr: problem.detail_fr, en: problem.detail })}</p>
);

/** Nothing could be read at all: smaller views, one tap away. */
export const TooMuch = ({ ui, site, view, problem }: { ui: Ui; site: Site; view: View; problem: Problem }) => (
  <section class="notice" aria-labelledby="too-much">
    <h2 id="too-much">{ui.say(text.tooMuch)}</h2>
    <p>{ui.say(text.tooMuchWhy)}</p>
    <Refusal ui={ui} problem={problem} />
    <p class="ways">
      {(['7d', 'day'] as const)
        .filter((period) => view.range !== period)
        .map((period) => (
          <a href={viewHref(site, view, { range: period })}>{ui.say(periodNames[period])}</a>
        ))}
      {view.compare !== null && <a href={viewHref(site, view, { compare: null })}>{ui.say(text.noCompare)}</a>}
      <a href={viewHref(site, view, { filters: [] })}>{ui.say(text.whole)}</a>
    </p>
  </section>
);
