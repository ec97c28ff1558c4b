/** What was not counted and why, in plain words; approximate on purpose. */
import { overviewCounts, overview as text } from '../text/overview.ts';
import { refusalOf } from '../text/refusals.ts';
import type { Ui } from '../ui.ts';
import { Section } from './section.tsx';

export type RefusedRow = { reason: string; hits: number; lastAt: number };

export const RefusedList = ({ ui, rows }: { ui: Ui; rows: RefusedRow[] }) => (
  <ul class="refused">
    {rows.map((row) => {
      const words = refusalOf(row.reason);
      return (
        <li>
          <p class="amount">
            {ui.say(text.about)} <b>{ui.format.count(row.hits)}</b>
          </p>
          <div>
            <p class="reason">
              {words ? ui.say(words.name) : row.reason}{' '}
              <span class="from">{ui.say(overviewCounts.lastSeen(ui.format.ago(row.lastAt)))}</span>
            </p>
            {words && <p class="remark">{ui.say(words.advice)}</p>}
          </div>
        </li>
      );
    })}
  </ul>
);

export const Refused = ({ ui, rows }: { ui: Ui; rows: RefusedRow[] }) => (
  <Section
    id="refused"
    title={ui.say(text.refused)}
    note={
      <>
        {ui.say(text.refusedNote)} <a href="/help/missing-visits">{ui.say(text.whyMissing)}</a>
      </>
    }
  >
    {rows.length === 0 ? <p class="empty">{ui.say(text.noRefusal)}</p> : <RefusedList ui={ui} rows={rows} />}
  </Section>
);
