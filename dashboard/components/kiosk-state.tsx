/** How a kiosk is, in words and a colour, and why. */
import { stateOf } from '../../collector/fleet/kiosk-state.ts';
import type { FleetKiosk } from '../../collector/fleet/stores.ts';
import { reasons, tones } from '../text/fleet.ts';
import { kioskPhrases } from '../text/kiosks.ts';
import type { Ui } from '../ui.ts';

const CLASSES = { green: 'on', amber: 'amber', red: 'red', asleep: 'quiet', waiting: 'none', revoked: 'none' } as const;

export const KioskState = ({ ui, kiosk }: { ui: Ui; kiosk: FleetKiosk }) => {
  const { tone, reasons: why } = stateOf(kiosk.signs, ui.nowMs);
  return (
    <>
      <span class={`state ${CLASSES[tone]}`}>{ui.say(tones[tone])}</span>
      {why.length > 0 && <span class="from">{why.map((reason) => ui.say(reasons[reason])).join(', ')}</span>}
      {kiosk.lastSeenAt !== null && <span class="from">{ui.say(kioskPhrases.seen(ui.format.ago(kiosk.lastSeenAt)))}</span>}
    </>
  );
};
