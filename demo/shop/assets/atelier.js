// @ts-check
/* The blend studio: a single-page application on history.pushState; Back and Forward walk through the steps. */
const studio = document.querySelector('[data-studio]');
const base = studio?.dataset.studio ?? '/atelier';
const sections = [...document.querySelectorAll('[data-step]')];
const summary = document.querySelector('[data-blend]');
const panel = document.querySelector('[data-blend-panel]');
const kept = 'melange';

function show(slug, focus) {
  for (const section of sections) section.hidden = section.dataset.step !== slug;
  for (const link of document.querySelectorAll('.trail [data-step-link]')) {
    if (link.dataset.stepLink === slug) link.setAttribute('aria-current', 'step');
    else link.removeAttribute('aria-current');
  }
  const now = sections.find((section) => section.dataset.step === slug);
  if (!now) return;
  document.title = `${now.dataset.title} · ${document.title.split(' · ').slice(1).join(' · ')}`;
  if (focus) now.querySelector('h2')?.focus();
}

const current = () => location.pathname.slice(base.length + 1) || 'base';

document.addEventListener('click', (click) => {
  const link = click.target instanceof Element ? click.target.closest('a[data-step-link]') : null;
  if (!link || click.metaKey || click.ctrlKey || click.shiftKey || click.button !== 0) return;
  click.preventDefault();
  if (link.pathname !== location.pathname) history.pushState(null, '', link.pathname);
  show(link.dataset.stepLink, true);
});
window.addEventListener('popstate', () => show(current(), true));

const picked = () => [...document.querySelectorAll('.choice input:checked')];

function summarise() {
  const names = (field) =>
    picked()
      .filter((input) => input.name === field)
      .map((input) => input.dataset.name);
  const parts = [names('base').join(''), names('notes').join(', '), names('boite').join('')].filter(Boolean);
  if (summary) summary.textContent = parts.length ? parts.join(' · ') : summary.dataset.empty;
  const tin = picked().find((input) => input.name === 'boite');
  if (tin && panel) panel.className = `panel tone-${tin.dataset.tone}`;
  const notes = [...document.querySelectorAll('input[name=notes]')];
  const full = notes.filter((input) => input.checked).length >= 3;
  for (const input of notes) input.disabled = full && !input.checked;
}

document.addEventListener('change', () => {
  sessionStorage.setItem(kept, JSON.stringify(picked().map((input) => `${input.name}=${input.value}`)));
  summarise();
});
document.querySelector('[data-blend-done]')?.addEventListener('click', () => {
  if (summary) summary.textContent = summary.dataset.reserved;
});

const before = new Set(JSON.parse(sessionStorage.getItem(kept) ?? '[]'));
for (const input of document.querySelectorAll('.choice input')) input.checked = before.has(`${input.name}=${input.value}`);
summarise();
