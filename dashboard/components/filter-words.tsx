/** A filter in words: the dimension's label, the condition, and the values as they are called on screen. */
import type { Condition, Filter } from '../../collector/report/filters/filter.ts';
import { operatorWords, filters as text } from '../text/filters.ts';
import type { Ui } from '../ui.ts';
import { nameOf } from '../value-names.ts';

const Values = ({ ui, condition: { dimension, values } }: { ui: Ui; condition: Condition }) => (
  <>
    {values.map((value, i) => (
      <>
        {i > 0 && ` ${ui.say(text.or)} `}
        <b>{nameOf(ui, dimension.name, value) || '""'}</b>
      </>
    ))}
  </>
);

/** Values are set apart and left as they are: only our own words get our typography. */
export const FilterWords = ({ ui, filter, inside = false }: { ui: Ui; filter: Filter; inside?: boolean }) => {
  if (filter.op === 'not')
    return (
      <>
        {ui.say(text.not)} (<FilterWords ui={ui} filter={filter.of} />)
      </>
    );
  if (filter.op === 'and' || filter.op === 'or') {
    const word = ui.say(text[filter.op]);
    return (
      <>
        {inside && '('}
        {filter.of.map((one, i) => (
          <>
            {i > 0 && ` ${word} `}
            <FilterWords ui={ui} filter={one} inside />
          </>
        ))}
        {inside && ')'}
      </>
    );
  }
  return (
    <>
      {ui.say(filter.dimension.label)}
      {ui.say(operatorWords[filter.op])} <Values ui={ui} condition={filter} />
    </>
  );
};
