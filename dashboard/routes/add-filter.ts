/** What the form that adds a filter sends becomes part of the address: no page has a state that its address does not say. */
import { dimensionOf } from '../../collector/report/dimensions.ts';
import { OPERATORS } from '../../collector/report/filters/filter.ts';
import { ADD } from '../components/filter-bar.tsx';
import { withOne } from '../filter-edit.ts';
import { type Here, hrefOf } from '../links.ts';
import { reportOf } from '../reports.ts';
import type { Ui } from '../ui.ts';
import { typedFilter } from '../value-names.ts';

const MAX_CHARS = 500;

/** The address with the filter that the form asks for; null when no form was sent. A form that says nothing changes nothing. */
export function addedFilter(ui: Ui, here: Here): string | null {
  const { searchParams } = ui.url;
  const name = searchParams.get(ADD.dimension);
  if (name === null) return null;
  const dimension = dimensionOf(name);
  const operator = OPERATORS.find((one) => one === searchParams.get(ADD.operator));
  const value = (searchParams.get(ADD.value) ?? '').trim().slice(0, MAX_CHARS);
  if (!dimension || reportOf(dimension) === null || !operator || value === '') return hrefOf(here);
  return hrefOf(here, { filters: withOne(here.view.filters, typedFilter(ui, dimension, operator, value)) });
}
