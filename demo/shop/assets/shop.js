// @ts-check
/* What every page of the shop does: the command stub of the tag, the consent line, the basket. */
/* The command stub: what is asked before the script is there waits in `q`. */
if (!window.comptoir) {
  const q = [];
  window.comptoir = Object.assign((...command) => void q.push(command), { q });
}

const year = 31_536_000;
const state = document.querySelector('[data-consent-state]');
const choices = document.querySelectorAll('button[data-consent]');

for (const button of choices) {
  button.addEventListener('click', () => {
    const engagement = button.dataset.consent === 'engagement';
    document.cookie = `mesure=${engagement ? 'engagement' : 'audience'}; path=/; max-age=${year / 2}; samesite=lax`;
    for (const other of choices) other.setAttribute('aria-pressed', String(other === button));
    if (state) state.textContent = button.dataset.said ?? '';
    window.comptoir('consent', { engagement });
  });
}

const basket = document.querySelector('[data-basket]');
const read = () => Number(sessionStorage.getItem('panier') ?? 0) || 0;
const show = () => {
  if (basket) basket.textContent = String(read());
};
show();
window.addEventListener('pageshow', show);

document.querySelector('[data-add]')?.addEventListener('click', (click) => {
  sessionStorage.setItem('panier', String(read() + 1));
  show();
  const answer = document.querySelector('[data-add-answer]');
  if (answer && click.currentTarget instanceof HTMLElement) answer.textContent = click.currentTarget.dataset.said ?? '';
});
