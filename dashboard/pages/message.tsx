/** A page that only says something: not found, not allowed, broken. */
import type { Words } from '../../collector/report/metric.ts';
import { type Frame, Page } from '../layout.tsx';
import { errors } from '../text/access.ts';
import type { Ui } from '../ui.ts';

type Props = { ui: Ui; frame: Frame | null; title: Words; lead: Words };

export const MessagePage = ({ ui, frame, title, lead }: Props) => (
  <Page ui={ui} frame={frame} title={ui.say(title)}>
    <header class="opening">
      <h1>{ui.say(title)}</h1>
      <p class="lead">{ui.say(lead)}</p>
      <p>
        <a href="/">{ui.say(errors.back)}</a>
      </p>
    </header>
  </Page>
);
