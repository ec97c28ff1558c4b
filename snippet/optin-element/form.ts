/** The form of one wording: nothing ticked, every field labelled, every problem told where it is and to a screen reader. */
import type { OptInForm } from '../contract.ts';
import { node } from './node.ts';
import { type Texts, textsOf } from './texts.ts';
import { suggest } from './typo.ts';
import type { Wording } from './wording.ts';

type Outcome = { ok: true } | { error: string };
/** A person reads the suggestion when the typing pauses. */
const PAUSE = 700;
const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

const field = (kiosk: boolean): HTMLInputElement =>
  node('input', {
    part: 'input',
    id: 'email',
    // On a shared screen the browser must have nothing to offer from somebody else, and the keyboard writes at the caret,
    // which fields of type email do not tell (https://html.spec.whatwg.org/#do-not-apply).
    type: kiosk ? 'text' : 'email',
    inputmode: 'email',
    autocomplete: kiosk ? 'off' : 'email',
    ...(kiosk && { name: `f${Math.random()}` }),
    autocapitalize: 'none',
    spellcheck: 'false',
    maxlength: '254',
    required: true,
    'aria-describedby': 'error',
  });

/** The suggestion is a button: the address changes when the person says so, and never by itself. */
const watchTypos = (input: HTMLInputElement, place: HTMLElement, { mean }: Texts): void => {
  let timer = 0;
  const look = (): void => {
    const better = suggest(input.value.trim());
    if (!better) return;
    const take = node('button', { type: 'button' }, better);
    take.onclick = () => {
      input.value = better;
      place.replaceChildren();
      input.focus();
    };
    place.replaceChildren(mean[0] ?? '', take, mean[1] ?? '');
  };
  input.oninput = () => {
    clearTimeout(timer);
    place.replaceChildren();
    timer = setTimeout(look, PAUSE);
  };
};

/** Where the brand says what becomes of the address. A link would lead out of a kiosk: there it is a text to read. */
const privacy = (url: string, kiosk: boolean, { privacy: label, colon }: Texts): Node | string => {
  if (!kiosk) return node('a', { part: 'privacy', href: url, target: '_blank', rel: 'noopener' }, label);
  return label + colon + url.replace(/^https?:\/\//, '');
};

/** @param submit stores the opt-in; resolves when it is kept, or with the reason why not. `whenDone` is called after it was. */
export const makeForm = (
  { id, language, title, boxes, note, privacyUrl }: Wording,
  kiosk: boolean,
  submit: (form: OptInForm) => Promise<Outcome>,
  whenDone: () => void,
): HTMLFormElement => {
  const texts = textsOf(language);
  const input = field(kiosk);
  const ticks = boxes.map(({ name, label }) => {
    const tick = node('input', { type: 'checkbox', id: `box-${name}`, autocomplete: 'off' });
    return { name, tick, label: node('label', { part: 'box', for: `box-${name}` }, tick, node('span', {}, label)) };
  });
  const suggestion = node('p', { part: 'suggestion', role: 'status' });
  const error = node('p', { part: 'error', id: 'error', role: 'alert' });
  const form = node(
    'form',
    { part: 'form', novalidate: true, autocomplete: 'off', lang: language, 'aria-labelledby': 'title' },
    node('h2', { part: 'title', id: 'title' }, title),
    node('label', { part: 'label', for: 'email' }, texts.email),
    input,
    suggestion,
    ...ticks.map(({ label }) => label),
    node('p', { part: 'note' }, note, ' ', privacy(privacyUrl, kiosk, texts)),
    error,
    node('button', { part: 'button', type: 'submit' }, texts.send),
  );
  watchTypos(input, suggestion, texts);
  const fail = (reason: string): void => {
    const news = ticks.find(({ name }) => name === 'news')?.tick;
    const wrong = reason === 'bad_address' ? input : reason === 'no_box' ? news : undefined;
    error.textContent = reason === 'bad_address' || reason === 'no_box' ? texts[reason] : texts.failed;
    wrong?.setAttribute('aria-invalid', 'true');
    wrong?.setAttribute('aria-describedby', 'error');
    wrong?.focus();
  };
  let sending = false;
  form.onsubmit = async (event) => {
    event.preventDefault();
    if (sending) return;
    error.textContent = '';
    for (const one of [input, ...ticks.map(({ tick }) => tick)]) one.removeAttribute('aria-invalid');
    const email = input.value.trim();
    const values = Object.fromEntries(ticks.map(({ name, tick }) => [name, tick.checked]));
    if (!ADDRESS.test(email)) return fail('bad_address');
    if (!values.news) return fail('no_box');
    sending = true;
    const outcome = await submit({ email, boxes: values, wording: id, language }).catch(() => ({ error: 'failed' }));
    sending = false;
    if ('error' in outcome) fail(outcome.error);
    else whenDone();
  };
  return form;
};

/** Said to everybody alike: whether an address is known is nobody's business. */
export const makeThanks = (language: string, kiosk: boolean): HTMLElement => {
  const { thanks, next, done } = textsOf(language);
  const finish = node('button', { part: 'button', type: 'button' }, done);
  finish.onclick = () => (window.comptoir as ((command: string) => unknown) | undefined)?.('done');
  return node(
    'div',
    { part: 'thanks', role: 'status', tabindex: '-1', lang: language },
    node('h2', { part: 'title' }, thanks),
    node('p', {}, next),
    ...(kiosk ? [finish] : []),
  );
};
