/** A member's own choice: a mail when a kiosk falls silent, and when it is back. */
import type { Site } from '../../collector/store/sites.ts';
import { sitePath } from '../links.ts';
import { kioskAlerts as text } from '../text/kiosk-alerts.ts';
import type { Ui } from '../ui.ts';
import { Section } from './section.tsx';

export const KioskAlerts = ({ ui, site, chosen }: { ui: Ui; site: Site; chosen: boolean }) => (
  <Section id="alerts" title={ui.say(text.title)} note={ui.say(text.note)}>
    <p>{ui.say(chosen ? text.on : text.off)}</p>
    <form method="post" action={sitePath(site, '/kiosks/alerts')}>
      <button type="submit" name="alerts" value={chosen ? 'off' : 'on'}>
        {ui.say(chosen ? text.stop : text.start)}
      </button>
    </form>
  </Section>
);
