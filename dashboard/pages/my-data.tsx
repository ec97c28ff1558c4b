/** The doors to one's own data: asking for a link, opening it, and what is said when it is over. Nothing here says whether an address is known. */
import type { Child } from 'hono/jsx';
import { Document } from '../layout.tsx';
import { myDataPhrases, myData as text } from '../text/my-data.ts';
import type { Ui } from '../ui.ts';

export const Narrow = ({ ui, site, children }: { ui: Ui; site: string; children: Child }) => (
  <Document ui={ui} title={site === '' ? ui.say(text.title) : `${ui.say(text.title)} – ${site}`}>
    <main class="narrow" id="main">
      {site !== '' && <p class="brand">{site}</p>}
      {children}
    </main>
  </Document>
);

export const AskPage = ({ ui, site }: { ui: Ui; site: string }) => (
  <Narrow ui={ui} site={site}>
    <h1>{ui.say(text.title)}</h1>
    <p class="lead">{ui.say(myDataPhrases.ask(site))}</p>
    <form method="post" class="form">
      <label for="address">{ui.say(text.address)}</label>
      <input
        id="address"
        name="address"
        type="email"
        required
        maxlength={254}
        autocomplete="email"
        aria-describedby="address-hint"
      />
      <p class="remark" id="address-hint">
        {ui.say(text.addressHint)}
      </p>
      <button type="submit" class="primary">
        {ui.say(text.send)}
      </button>
    </form>
  </Narrow>
);

export const OpenPage = ({ ui, site }: { ui: Ui; site: string }) => (
  <Narrow ui={ui} site={site}>
    <h1>{ui.say(text.title)}</h1>
    <p class="lead">{ui.say(text.openLead)}</p>
    <form method="post" class="form">
      <button type="submit" class="primary" aria-describedby="open-hint">
        {ui.say(text.open)}
      </button>
      <p class="remark" id="open-hint">
        {ui.say(text.openHint)}
      </p>
    </form>
  </Narrow>
);

const SAYINGS = {
  sent: [text.sent, text.sentLead],
  over: [text.over, text.overLead],
  closed: [text.closed, text.closedLead],
  erased: [text.erased, text.erasedLead],
} as const;

export const SaidPage = ({
  ui,
  site,
  said,
  again,
}: {
  ui: Ui;
  site: string;
  said: keyof typeof SAYINGS;
  again: string | null;
}) => (
  <Narrow ui={ui} site={site}>
    <div role="status">
      <h1>{ui.say(SAYINGS[said][0])}</h1>
      <p class="lead">{ui.say(SAYINGS[said][1])}</p>
    </div>
    {again !== null && (
      <p>
        <a href={again}>{ui.say(text.again)}</a>
      </p>
    )}
  </Narrow>
);

/** Asked once more: nothing of it can be undone. */
export const ErasePage = ({ ui, site }: { ui: Ui; site: string }) => (
  <Narrow ui={ui} site={site}>
    <h1>{ui.say(text.eraseAsk)}</h1>
    <p class="lead">{ui.say(text.eraseNote)}</p>
    <form method="post" action="/my-data/visit/erase" class="form">
      <button type="submit" name="sure" value="yes" class="primary">
        {ui.say(text.eraseYes)}
      </button>
    </form>
    <p>
      <a href="/my-data/visit">{ui.say(text.eraseNo)}</a>
    </p>
  </Narrow>
);
