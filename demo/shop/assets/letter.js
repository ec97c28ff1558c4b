// @ts-check
/* The newsletter form says how the opt-in went. The tag sends it; a browser that blocks the tag gets an honest answer too. */
const form = document.querySelector('[data-comptoir-optin]');
const answer = form?.querySelector('[data-letter-answer]');
const say = (text) => {
  if (answer) answer.textContent = text ?? '';
};
let waiting = 0;

form?.addEventListener('submit', (submit) => {
  submit.preventDefault();
  say(answer.dataset.sending);
  clearTimeout(waiting);
  // No tag has taken the form in charge: then nobody will.
  waiting = setTimeout(() => {
    if (!form.dataset.comptoirState) say(answer.dataset.failed);
  }, 3000);
});

form?.addEventListener('comptoir:optin', (event) => {
  clearTimeout(waiting);
  if (event.detail.ok) form.dataset.sent = '';
  say(event.detail.ok ? answer.dataset.thanks : answer.dataset.failed);
});
