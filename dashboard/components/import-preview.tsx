/** What was understood of an imported file: its days and figures, the breakdowns it has, and what was left out. */
import type { Import } from '../../collector/import/imports.ts';
import { dimensionOf } from '../../collector/report/dimensions.ts';
import { dateOfDay } from '../../collector/store/calendar.ts';
import { importPhrases, imports as text } from '../text/imports.ts';
import type { Ui } from '../ui.ts';

export const ImportPreview = ({ ui, one }: { ui: Ui; one: Import }) => {
  const { about, days } = one;
  const figure = (value: number | null) => (value === null ? ui.say(text.unsaid) : ui.format.count(value));
  const label = (name: string) => {
    const words = dimensionOf(name)?.label;
    return words ? ui.say(words) : name;
  };
  return (
    <>
      <dl class="facts roomy">
        <dt>{ui.say(text.period)}</dt>
        <dd>{ui.format.days(dateOfDay(about.from), dateOfDay(about.to))}</dd>
        <dt>{ui.say(text.taken)}</dt>
        <dd>{ui.say(importPhrases.days(ui.format.count(days), ui.format.count(about.days), days === about.days))}</dd>
        <dt>{ui.say(text.visits)}</dt>
        <dd>{figure(about.visits)}</dd>
        <dt>{ui.say(text.pageviews)}</dt>
        <dd>{figure(about.pageviews)}</dd>
        <dt>{ui.say(text.events)}</dt>
        <dd>{figure(about.events)}</dd>
        {about.values.length > 0 && (
          <>
            <dt>{ui.say(text.values)}</dt>
            <dd>{about.values.map(([name, count]) => `${label(name)} (${ui.format.count(count)})`).join(', ')}</dd>
          </>
        )}
      </dl>
      {about.leftOut.length > 0 && (
        <details class="left-out twin">
          <summary>{ui.say(text.leftOut)}</summary>
          <ul>
            {about.leftOut.map(({ file, column, rows, why }) => (
              <li>
                <b>{column === null ? file : `${file} – ${column}`}</b> {ui.say(why)}
                {rows !== null && ` (${ui.say(importPhrases.rows(ui.format.count(rows)))})`}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
};
