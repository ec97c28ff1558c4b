/** Parts of pages that stand in more than one place: product cards, the opt-in form, the blend studio. */
import { wordingFor } from '../wordings.ts';
import { type Choice, type Step, steps } from './content/blend.ts';
import type { Language, Product } from './content/products.ts';
import { text } from './content/texts.ts';
import { drawing } from './illustrations.ts';
import { prefix } from './template.ts';

export const price = (euros: number, language: Language) => (language === 'fr' ? `${euros} €` : `€${euros}`);

export function card(product: Product, language: Language): string {
  return `<li class="card"><a href="${prefix(language)}/produits/${product.slug}"><span class="panel tone-${product.tone}">${drawing(product.drawing)}</span>
<span class="card-name">${product.name}</span><span class="card-kind">${product.kind[language]}</span><span class="card-price">${price(product.euros, language)}</span></a></li>`;
}

export const cards = (list: Product[], language: Language) =>
  `<ul class="cards">${list.map((product) => card(product, language)).join('')}</ul>`;

/** The opt-in form: the wording exactly as the registry has it, every box unticked. Without an action it is the tag's to send. */
export function letterForm(language: Language): string {
  const wording = wordingFor(language);
  const boxes = wording.boxes.map(
    (box) => `<label class="box"><input type="checkbox" name="${box.name}"><span>${box.label}</span></label>`,
  );
  return `<form class="letter" data-comptoir-optin="${wording.id}" method="post" aria-labelledby="letter-title">
<h2 id="letter-title">${wording.title}</h2>
<label class="field"><span>${text('email', language)}</span><input type="email" name="email" required autocomplete="email" inputmode="email" maxlength="254"></label>
${boxes.join('\n')}
<p class="note">${wording.note} <a href="${wording.privacyUrl}">${text('privacyMore', language)}</a></p>
<button class="button" type="submit">${text('send', language)}</button>
<p class="answer" role="status" data-letter-answer data-thanks="${text('thanksTitle', language)} ${text('thanks', language)}" data-sending="${text('sending', language)}" data-failed="${text('letterFailed', language)}"></p>
</form>`;
}

function option(step: Step, item: Choice, language: Language): string {
  const type = step.many ? 'checkbox' : 'radio';
  return `<label class="choice tone-${item.tone}"><input type="${type}" name="${step.field}" value="${item.value}" data-name="${item.name[language]}" data-tone="${item.tone}"><span class="swatch" aria-hidden="true"></span><span class="choice-name">${item.name[language]}</span><span class="choice-hint">${item.hint[language]}</span></label>`;
}

/** All three steps in one document; the server shows the one of the address, atelier.js the others without a load. */
export function studio(current: Step['slug'], language: Language): string {
  const here = `${prefix(language)}/atelier`;
  const fr = language === 'fr';
  const trail = steps.map(
    (step, index) =>
      `<li><a href="${here}/${step.slug}" data-step-link="${step.slug}"${step.slug === current ? ' aria-current="step"' : ''}><b>${index + 1}</b> ${step.title[language]}</a></li>`,
  );
  const sections = steps.map((step, index) => {
    const next = steps[index + 1];
    const forward = next
      ? `<a class="button" href="${here}/${next.slug}" data-step-link="${next.slug}">${fr ? 'Continuer' : 'Continue'} : ${next.title[language].toLowerCase()}</a>`
      : `<button class="button" type="button" data-blend-done data-comptoir-event="Blend composed" data-comptoir-prop-language="${language}">${fr ? 'Réserver ce mélange' : 'Reserve this blend'}</button>`;
    return `<section class="step" data-step="${step.slug}" data-title="${step.title[language]}"${step.slug === current ? '' : ' hidden'} aria-labelledby="step-${step.slug}">
<h2 id="step-${step.slug}" tabindex="-1">${step.title[language]}</h2><p>${step.lead[language]}</p>
<fieldset class="choices"><legend class="unseen">${step.title[language]}</legend>${step.choices.map((item) => option(step, item, language)).join('')}</fieldset>
<p class="step-nav">${forward}</p></section>`;
  });
  return `<div class="wide studio" data-studio="${here}"><div class="studio-head"><h1>${text('studioTitle', language)}</h1><p class="lead">${text('studioLead', language)}</p></div>
<ol class="trail">${trail.join('')}</ol>
<div class="studio-body"><div>${sections.join('')}</div>
<aside class="blend" aria-labelledby="blend-title"><span class="panel tone-amarante" data-blend-panel>${drawing('tin')}</span><h2 id="blend-title">${fr ? 'Votre mélange' : 'Your blend'}</h2>
<p aria-live="polite" data-blend data-empty="${fr ? 'Rien encore : choisissez une base.' : 'Nothing yet: choose a base.'}" data-reserved="${fr ? 'C’est noté. Ici s’arrête la démonstration : rien ne sera débité.' : 'Noted. The demonstration ends here: nothing will be charged.'}">${fr ? 'Rien encore : choisissez une base.' : 'Nothing yet: choose a base.'}</p></aside></div></div>`;
}
