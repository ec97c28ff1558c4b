/** Route changes where there is no Navigation API: Safari before 26.2, Firefox before 147. */
import { useCore } from './core.ts';

export const watchHistory = (): void => {
  if ('navigation' in self) return;
  const { move } = useCore();
  const watched =
    (change: History['pushState']): History['pushState'] =>
    (...state) => {
      change.apply(history, state);
      move();
    };
  addEventListener('popstate', move);
  try {
    // Throws where the page has frozen its history object; the core's heartbeat still notices.
    history.pushState = watched(history.pushState);
    history.replaceState = watched(history.replaceState);
  } catch {}
};
