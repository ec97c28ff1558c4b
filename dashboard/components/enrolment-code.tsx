/** A code just made, as it is typed, as an address and as a QR code. */
import { fleet as words } from '../text/fleet.ts';
import { kioskPhrases, kiosks as text } from '../text/kiosks.ts';
import type { Ui } from '../ui.ts';
import { QrCode } from './qr-code.tsx';

/** It is shown in the answer to the form and nowhere else. `page`: where the kiosk's page is, when somebody has said so. */
export type NewCode = { kiosk: string; store: string; page: string | null; code: string; until: number };

/** The code travels in the fragment: no server and no log sees it. */
const Address = ({ ui, page, code }: { ui: Ui; page: string; code: string }) => {
  const address = `${page}#enrol=${code}`;
  return (
    <>
      <p>
        {ui.say(words.open)} <code class="secret">{address}</code>
      </p>
      <QrCode text={address} label={ui.say(words.qr)} />
      <p class="remark">{ui.say(words.scan)}</p>
    </>
  );
};

export const EnrolmentCode = ({ ui, newCode }: { ui: Ui; newCode: NewCode }) => (
  <section class="notice code-notice" role="status" aria-labelledby="code">
    <h2 id="code">
      {ui.say(text.codeTitle)} – {newCode.kiosk}, {newCode.store}
    </h2>
    <p class="big-code">{newCode.code}</p>
    {newCode.page === null ? (
      <>
        <p>
          {ui.say(text.how)} <code>#enrol={newCode.code}</code>
        </p>
        <p class="remark">{ui.say(words.tellPage)}</p>
      </>
    ) : (
      <Address ui={ui} page={newCode.page} code={newCode.code} />
    )}
    <p class="remark">
      {ui.say(kioskPhrases.until(ui.format.time(newCode.until)))} {ui.say(text.once)}
    </p>
  </section>
);
