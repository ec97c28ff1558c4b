/** Closes an open drop-down when the reader clicks elsewhere or presses Escape. */

export function closeOnLeave(): void {
  const close = (except: Element | null) => {
    for (const open of document.querySelectorAll<HTMLDetailsElement>('details.drop[open]'))
      if (open !== except) open.open = false;
  };
  document.addEventListener('click', (event) =>
    close(event.target instanceof Element ? event.target.closest('details.drop') : null),
  );
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    const inside = document.activeElement?.closest('details.drop[open]');
    close(null);
    inside?.querySelector('summary')?.focus();
  });
}
