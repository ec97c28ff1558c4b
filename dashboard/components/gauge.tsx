/** How full one database is: its size, its share of what it holds, and whether that is a reason to act. */
import type { Words } from '../../collector/report/metric.ts';
import { collectionPhrases, collection as text } from '../text/collection.ts';
import type { Ui } from '../ui.ts';

/** A database as it was last measured; `alarm` from 70 % on. */
export type Measured = { bytes: number; limit: number; share: number; alarm: boolean; measuredAt: number };
type Props = { ui: Ui; name: Words; note: Words; gauge: Measured | null };

/** Below this a bar would be no bar; it stays a visible beginning. */
const LEAST_WIDTH = 0.6;
const ALARM_AT = 70;

const Bar = ({ share }: { share: number }) => (
  <svg class="gauge-bar" viewBox="0 0 100 2" preserveAspectRatio="none" aria-hidden="true">
    <rect class="rail" width="100" height="2" />
    <rect class="level" width={Math.max(LEAST_WIDTH, share * 100).toFixed(2)} height="2" />
    <line class="mark" x1={ALARM_AT} x2={ALARM_AT} y1="0" y2="2" vector-effect="non-scaling-stroke" />
  </svg>
);

export const Gauge = ({ ui, name, note, gauge }: Props) => (
  <li class={gauge?.alarm ? 'gauge full' : 'gauge'}>
    <div class="gauge-head">
      <h3>{ui.say(name)}</h3>
      {gauge === null ? (
        <p class="unmeasured">{ui.say(text.unmeasured)}</p>
      ) : (
        <p>
          <span class="number">{ui.say(collectionPhrases.of(ui.format.bytes(gauge.bytes), ui.format.bytes(gauge.limit)))}</span>{' '}
          <span class="from">{ui.say(collectionPhrases.measured(ui.format.ago(gauge.measuredAt)))}</span>
        </p>
      )}
      {gauge && <b class="gauge-share">{ui.format.filled(gauge.share)}</b>}
    </div>
    {gauge && <Bar share={gauge.share} />}
    {gauge?.alarm && (
      <p class="problem">
        <b>{ui.say(text.alarm)}.</b> {ui.say(text.alarmWhat)}
      </p>
    )}
    <p class="remark">{ui.say(note)}</p>
  </li>
);
