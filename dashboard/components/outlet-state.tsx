/** How a connection is, in words and a colour. */
import type { Outlet } from '../../collector/notify/outlets/outlet.ts';
import { connections as text } from '../text/connections.ts';
import type { Ui } from '../ui.ts';

export const OutletState = ({ ui, outlet }: { ui: Ui; outlet: Outlet }) => {
  const { endedAt, endedWhy, pausedAt, restUntil, retried } = outlet;
  const [kind, words] =
    endedAt !== null
      ? (['red', endedWhy === 'gone' ? text.gone : text.failing] as const)
      : pausedAt !== null
        ? (['off', text.paused] as const)
        : retried > 0
          ? (['amber', text.troubled] as const)
          : (['on', text.active] as const);
  return (
    <>
      <span class={`state ${kind}`}>{ui.say(words)}</span>
      {endedAt === null && restUntil !== null && restUntil > ui.nowMs && <span class="from">{ui.say(text.resting)}</span>}
    </>
  );
};
