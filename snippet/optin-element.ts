/**
 * `c.o.js`: `<comptoir-optin wording="newsletter-fr-3" lang="fr">`, the whole accessible form. `wording` may name one wording for
 * each language; the shown language chooses. What stands inside the element is shown until a wording can be had. With `kiosk` it
 * has its own keyboard, keeps nothing of a person, and obeys the kiosk's settings.
 */
import type { OptInForm } from './contract.ts';
import { makeForm, makeThanks } from './optin-element/form.ts';
import { dress } from './optin-element/style.ts';
import { chooseWording, type Wording } from './optin-element/wording.ts';

/** On the web the opt-in is on the disk long before; only its answer is late. */
const PATIENCE = 8_000;
/** After this a wording that could not be had is asked for again. */
const AGAIN = 30_000;

type Settings = { invitation?: boolean; wordings?: string[] };
type Outcome = { ok: true } | { error: string };
type Comptoir = { (command: 'optin', form: OptInForm): Promise<Outcome>; settings?: Settings };

const comptoir = (): Comptoir | undefined => window.comptoir as Comptoir | undefined;

class OptInElement extends HTMLElement {
  static observedAttributes = ['wording', 'lang'];
  readonly #root = this.attachShadow({ mode: 'open' });
  readonly #again = (): unknown => this.#show();
  readonly #watch = new MutationObserver(this.#again);
  #timer = 0;
  #shown = '';
  #asked = 0;

  connectedCallback(): void {
    dress(this.#root);
    this.#root.replaceChildren(document.createElement('slot'));
    this.#watch.observe(document.documentElement, { attributeFilter: ['lang'] });
    addEventListener('comptoir:reset', this.#renew);
    addEventListener('comptoir:settings', this.#again);
    addEventListener('online', this.#again);
    this.#show();
  }

  disconnectedCallback(): void {
    this.#watch.disconnect();
    for (const name of ['reset', 'settings'])
      removeEventListener(`comptoir:${name}`, name === 'reset' ? this.#renew : this.#again);
    removeEventListener('online', this.#again);
    clearTimeout(this.#timer);
    this.#shown = '';
  }

  attributeChangedCallback(): void {
    if (this.isConnected) this.#show();
  }

  /** New nodes: an emptied field still has its undo history. */
  readonly #renew = (): void => {
    this.#shown = '';
    this.#root.replaceChildren();
    this.#show();
  };

  /** Renders when the wording is another one than is shown; what somebody is typing is left alone. */
  async #show(): Promise<void> {
    const { invitation = true, wordings } = comptoir()?.settings ?? {};
    this.hidden = !invitation;
    const kiosk = this.hasAttribute('kiosk');
    const ids = wordings?.length ? wordings : (this.getAttribute('wording') ?? '').split(/\s+/).filter(Boolean);
    const language = this.lang || document.documentElement.lang;
    const asked = ++this.#asked;
    const wording = await chooseWording(ids, language, kiosk);
    if (asked !== this.#asked || !this.isConnected) return;
    clearTimeout(this.#timer);
    if (!wording) this.#timer = setTimeout(this.#again, AGAIN);
    else if (wording.id !== this.#shown) this.#render(wording, kiosk);
  }

  #render(wording: Wording, kiosk: boolean): void {
    this.#shown = wording.id;
    const submit = async (form: OptInForm): Promise<Outcome> => {
      const sent = comptoir()?.('optin', form) ?? Promise.resolve({ error: 'no_tag' });
      // A kiosk thanks when the disk has it; on the web it has, and only the network is slow.
      if (kiosk) return sent;
      return Promise.race([sent, new Promise<Outcome>((done) => setTimeout(done, PATIENCE, { ok: true }))]);
    };
    const form = makeForm(wording, kiosk, submit, () => {
      const thanks = makeThanks(wording.language, kiosk);
      this.#root.replaceChildren(thanks);
      thanks.focus();
      // A kiosk says so itself, when it has it.
      if (!kiosk) this.dispatchEvent(new CustomEvent('comptoir:optin', { bubbles: true, detail: { ok: true } }));
    });
    this.#root.replaceChildren(form);
    if (kiosk) this.#addKeyboard(form, wording.language);
  }

  /** Without the file, the device's own keyboard does. */
  async #addKeyboard(form: HTMLFormElement, language: string): Promise<void> {
    const input = form.querySelector('input');
    try {
      const { keyboardFor } = await import(new URL('/c.k.js', import.meta.url).href);
      form.append(keyboardFor(input, language, this.#root));
    } catch {}
  }
}

customElements.get('comptoir-optin') || customElements.define('comptoir-optin', OptInElement);
