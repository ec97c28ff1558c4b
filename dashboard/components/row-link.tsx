/** The name of a row: a link that shows the traffic of its values only, or plain text where that is what is shown already. */
import type { Site } from '../../collector/store/sites.ts';
import { isPicked, type Picked, withPicked } from '../filter-edit.ts';
import { viewHref } from '../links.ts';
import { filters as text } from '../text/filters.ts';
import type { Ui } from '../ui.ts';
import type { View } from '../view.ts';

type Props = { ui: Ui; site: Site; view: View; picked: readonly Picked[]; name: string };

/** What is longer would push everything else away; all of it is in the title, and on the chip. */
const LONGEST = 140;

const Name = ({ name }: { name: string }) =>
  name.length > LONGEST ? (
    <span class="path" title={name}>
      {name.slice(0, LONGEST).replace(/[\uD800-\uDBFF]$/, '')}…
    </span>
  ) : (
    <span class="path">{name === '' ? '""' : name}</span>
  );

/** Leads to the overview, where every figure is about the row. */
export const RowLink = ({ ui, site, view, picked, name }: Props) =>
  isPicked(view.filters, picked) ? (
    <Name name={name} />
  ) : (
    <a class="row" href={viewHref(site, view, { filters: withPicked(view.filters, picked) })}>
      <span class="spoken">{ui.say(text.only)} </span>
      <Name name={name} />
    </a>
  );
