// Records in the page what really happened to it, and tells the site's own server at once: the truth the tag is held against.
(() => {
  const doc = crypto.randomUUID();
  // An event says itself when it happened; on a busy machine its handlers run much later.
  const tell = (type, more, at = performance.now()) => {
    const line = {
      doc,
      type,
      at,
      wall: Math.round(Date.now() - performance.now() + at),
      path: location.pathname,
      visible: document.visibilityState === 'visible',
      focused: document.hasFocus(),
      ...more,
    };
    navigator.sendBeacon('/probe', JSON.stringify(line));
  };
  // The parser runs us first, so what holds now has held since navigation start; a prerendered page starts hidden.
  tell('start', { at: 0, wall: Math.round(performance.timeOrigin), framed: self !== top });
  for (const name of ['visibilitychange', 'focus', 'blur', 'freeze', 'resume', 'pagehide', 'pageshow'])
    addEventListener(
      name,
      (event) =>
        event.target === document || event.target === window
          ? tell(name, { persisted: Boolean(event.persisted), left: name === 'pagehide' || name === 'freeze' }, event.timeStamp)
          : undefined,
      true,
    );
  for (const name of ['pointerdown', 'pointermove', 'keydown', 'wheel', 'scroll', 'timeupdate'])
    addEventListener(name, (event) => event.isTrusted && tell('sign', {}, event.timeStamp), { capture: true, passive: true });
  // A page that changes its route says so; one that rewrites its address in a loop does not.
  let going = false;
  window.go = (how, url) => {
    const before = performance.now();
    going = true;
    history[how]({}, '', url);
    going = false;
    // A call of microseconds: whoever was to say when the route changed can only say it wrong.
    if (performance.now() - before > 50) tell('starved');
  };
  navigation.addEventListener('currententrychange', ({ timeStamp, navigationType }) => {
    if (going || navigationType === 'traverse') tell('route', {}, timeStamp);
  });
  // From when the tag may have run. Of the time before, nothing can tell it more than whether the page was visible.
  new PerformanceObserver((list) => {
    for (const { name, responseEnd } of list.getEntries()) if (/\/c\.js$/.test(name)) tell('tag', {}, responseEnd);
  }).observe({ type: 'resource', buffered: true });
  window.probe = tell;
})();
