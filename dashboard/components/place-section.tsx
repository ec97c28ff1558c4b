/** The figures of one store or one kiosk on its page: a period, and what people did there in it. */
import type { Child } from 'hono/jsx';
import { isProblem, type Problem } from '../../collector/report/query.ts';
import type { QueryResult } from '../../collector/report/result.ts';
import type { Site } from '../../collector/store/sites.ts';
import type { Days } from '../comparison.ts';
import { type Here, sitePath } from '../links.ts';
import { stores as text } from '../text/stores.ts';
import type { Ui } from '../ui.ts';
import type { View } from '../view.ts';
import { Periods } from './period-picker.tsx';
import { PlaceFigures, type PlaceRow } from './place-figures.tsx';
import { Section } from './section.tsx';
import { Refusal } from './too-much.tsx';

/** @property path of the page below its site. */
export type Looked = { view: View; path: string; days: Days; answer: QueryResult | Problem; csv: string };
type Props = {
  ui: Ui;
  site: Site;
  looked: Looked;
  title: string;
  note: Child;
  first: string;
  rows: (answer: QueryResult) => PlaceRow[];
  before?: string;
};

export const PlaceSection = ({ ui, site, looked, title, note, first, rows, before }: Props) => {
  const { view, path, days, answer, csv } = looked;
  const here: Here = { path: sitePath(site, path), view: { ...view, filters: [] }, more: [] };
  const lacksHours = !isProblem(answer) && answer.meta.not_measured.utilisation?.code === 'no_hours';
  return (
    <Section wide id="figures" title={title} note={note}>
      <div class="pickers">
        <Periods ui={ui} here={here} days={days} />
      </div>
      <p class="scope">
        <span>{ui.format.days(days.from, days.to)}</span>
      </p>
      {isProblem(answer) ? (
        <Refusal ui={ui} problem={answer} />
      ) : (
        <PlaceFigures
          ui={ui}
          caption={title}
          first={first}
          {...(before === undefined ? {} : { before })}
          rows={rows(answer)}
          answer={answer}
          csv={csv}
        />
      )}
      {lacksHours && <p class="remark">{ui.say(text.setHours)}</p>}
    </Section>
  );
};
