/**
 * The token of an e-mail link is taken out of the address before anybody else reads it, in every mode; it is sent in engagement
 * mode only. `replaceState` throws in some sandboxed frames.
 */
import { make, shared } from './core.ts';

export const takeToken = (): void => {
  const [rest, token] = location.href.split(/[#&]k=/);
  if (!token) return;
  try {
    history.replaceState(history.state, '', rest);
  } catch {}
  if (shared.mode_ === 'engagement') make('link', { token });
};
