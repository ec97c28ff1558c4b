// @ts-check
/* The demo kiosk's screens: one path, one screen. Routes replace the history entry, so that no person leaves a trail. */
(() => {
  /* The command stub: what is asked before the script is there waits in `q`. */
  if (!window.comptoir) {
    const q = [];
    window.comptoir = Object.assign((...command) => void q.push(command), { q });
  }

  const home = '/kiosk/';
  const find = (selector) => document.querySelector(selector);
  const all = (selector) => [...document.querySelectorAll(selector)];
  let language = 'fr';
  let screen = '';

  function paint(focus) {
    document.documentElement.lang = language;
    document.body.dataset.at = screen.split('/')[0] || 'attract';
    for (const section of all('[data-screen]')) {
      section.hidden = section.dataset.screen !== screen || section.dataset.language !== language;
      if (!section.hidden) {
        section.scrollTop = 0;
        if (focus) section.focus({ preventScroll: true });
      }
    }
    for (const bar of all('[data-bar]')) bar.hidden = screen === '' || bar.dataset.language !== language;
  }

  function go(next) {
    screen = all('[data-screen]').some((section) => section.dataset.screen === next) ? next : '';
    if (location.pathname !== home + screen) history.replaceState(null, '', home + screen);
    paint(true);
  }

  let countdown = 0;
  function stopWarning() {
    clearInterval(countdown);
    for (const dialog of all('[data-warning]')) if (dialog.open) dialog.close();
  }

  document.addEventListener('click', (click) => {
    const button = click.target instanceof Element ? click.target.closest('button') : null;
    if (!button) return;
    if (button.dataset.go !== undefined) go(button.dataset.go);
    if (button.dataset.switch) {
      language = button.dataset.switch;
      paint(true);
    }
    if ('done' in button.dataset) window.comptoir('done');
  });
  document.addEventListener('pointerdown', stopWarning, true);
  document.addEventListener('keydown', stopWarning, true);

  window.addEventListener('comptoir:idle-warning', (event) => {
    // This page has a warning of its own.
    event.preventDefault();
    let left = Math.round(event.detail.seconds);
    const dialog = find(`[data-warning="${language}"]`);
    const tell = () => {
      dialog.querySelector('[data-seconds]').textContent = String(Math.max(0, left--));
    };
    tell();
    countdown = setInterval(tell, 1000);
    dialog.showModal();
  });
  window.addEventListener('comptoir:reset', (event) => {
    stopWarning();
    language = /^en/.test(event.detail.language) ? 'en' : 'fr';
    go('');
  });

  const reasons = {
    not_enrolled: 'Borne non enrôlée',
    bad_code: 'Code refusé',
    unknown_device: 'Borne à enrôler de nouveau',
    storage: 'Stockage refusé',
  };
  window.addEventListener('comptoir:enrolment', (event) => {
    const { ok, kiosk, store, reason } = event.detail;
    find('[data-status]').dataset.status = ok ? 'ok' : 'no';
    find('[data-status-text]').textContent = ok
      ? store === kiosk
        ? store
        : `${store} · ${kiosk}`
      : (reasons[reason] ?? `Borne non enrôlée (${reason})`);
  });

  // The address keeps its fragment until kiosk.js has read it.
  if (location.pathname !== home) history.replaceState(null, '', home + location.hash);
  paint(false);

  /* The page itself without a network: see the help for IT. */
  if ('serviceWorker' in navigator) navigator.serviceWorker.register('/kiosk/sw.js', { scope: '/kiosk/' }).catch(() => {});
})();
