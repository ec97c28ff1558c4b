/** What questions can name and what answers can say, for the help page: dimensions, and the reasons for a missing figure. */
import { DIMENSIONS } from '../../collector/report/dimensions.ts';
import { WHY_CODES, why } from '../../collector/report/why.ts';
import { helpWords as text } from '../text/help.ts';
import type { Ui } from '../ui.ts';

const Entry = ({ id, title, words }: { id: string; title?: string; words: string }) => (
  <section class="entry" id={id}>
    {title && <h3>{title}</h3>}
    <p>
      {words} <code>{id}</code>
    </p>
  </section>
);

export const DimensionList = ({ ui }: { ui: Ui }) => (
  <div class="entries">
    {DIMENSIONS.map((d) => (
      <Entry id={d.name} title={ui.say(d.label)} words={ui.say(d.definition)} />
    ))}
    <Entry id="prop:NAME" title={ui.say(text.property)} words={ui.say(text.propertyIs)} />
  </div>
);

export const ReasonList = ({ ui }: { ui: Ui }) => (
  <div class="entries">
    {WHY_CODES.map((code) => (
      <Entry id={code} words={ui.say(why(code))} />
    ))}
  </div>
);
