/**
 * The token of an e-mail link is taken out of the address before anybody else reads it, in every mode. It is sent in engagement
 * mode only, at once or when the person agrees while the page is still there. `replaceState` throws in some sandboxed frames.
 */
import { make, shared } from './core.ts';

let token: string | undefined;

export const takeToken = (): void => {
  // Of the fragment only: a shop's own `?size=m&k=4` is none of ours.
  const [rest, found] = location.hash.split(/[#&]k=/);
  token = found;
  if (!found) return;
  try {
    history.replaceState(history.state, '', location.href.split('#')[0] + (rest as string));
  } catch {}
};

/** @param wish of the page: who logs out takes the link along. */
export const sendToken = (wish: unknown): void => {
  if (wish === 'reset') token = '';
  if (token && shared.mode_ === 'engagement') {
    make('link', { token });
    token = '';
  }
};
