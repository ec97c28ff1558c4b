/** The current view as parts that can be taken off, each a plain link, and a form that adds one. */
import { OPERATORS } from '../../collector/report/filters/filter.ts';
import { without } from '../filter-edit.ts';
import { type Here, hrefOf, keptParams } from '../links.ts';
import { dimensionsOf, REPORTS } from '../reports.ts';
import { operatorNames, filters as text } from '../text/filters.ts';
import { reportNames } from '../text/lists.ts';
import type { Ui } from '../ui.ts';
import { FilterWords } from './filter-words.tsx';

/** Names of the form's fields: the route turns them into a filter of the address. */
export const ADD = { dimension: 'add', operator: 'op', value: 'value' } as const;
const MAX_CHARS = 500;

const Form = ({ ui, here }: { ui: Ui; here: Here }) => (
  <form action={here.path} method="get" class="add-filter">
    {keptParams(here).map(([name, value]) => (
      <input type="hidden" name={name} value={value} />
    ))}
    <label>
      {ui.say(text.dimension)}
      <select name={ADD.dimension}>
        {REPORTS.map((report) => (
          <optgroup label={ui.say(reportNames[report])}>
            {dimensionsOf(report).map((dimension) => (
              <option value={dimension.name}>{ui.say(dimension.label)}</option>
            ))}
          </optgroup>
        ))}
      </select>
    </label>
    <label>
      {ui.say(text.operator)}
      <select name={ADD.operator}>
        {OPERATORS.map((operator) => (
          <option value={operator} selected={operator === 'contains'}>
            {ui.say(operatorNames[operator])}
          </option>
        ))}
      </select>
    </label>
    <label>
      {ui.say(text.value)}
      <input name={ADD.value} maxlength={MAX_CHARS} required autocomplete="off" spellcheck={false} />
    </label>
    <button type="submit">{ui.say(text.apply)}</button>
  </form>
);

/** The form, in a sheet of its own. */
export const AddFilter = ({ ui, here }: { ui: Ui; here: Here }) => (
  <details id="add-filter" class="drop filter">
    <summary>{ui.say(text.add)}</summary>
    <div class="sheet">
      <Form ui={ui} here={here} />
      <p class="remark">
        <a href="/help/reports">{ui.say(text.help)}</a>
      </p>
    </div>
  </details>
);

/** The parts of the view. */
export const Filters = ({ ui, here }: { ui: Ui; here: Here }) => {
  const { filters } = here.view;
  if (filters.length === 0) return null;
  return (
    <ul class="chips" aria-label={ui.say(text.label)}>
      {filters.map((filter, i) => (
        <li>
          <a class="chip" href={hrefOf(here, { filters: without(filters, i) })}>
            <span class="spoken">{ui.say(text.remove)} </span>
            <span class="says">
              <FilterWords ui={ui} filter={filter} />
            </span>
            <span class="off" aria-hidden="true" />
          </a>
        </li>
      ))}
      {filters.length > 1 && (
        <li>
          <a class="clear" href={hrefOf(here, { filters: [] })}>
            {ui.say(text.clear)}
          </a>
        </li>
      )}
    </ul>
  );
};
