/** What enrols, out of the address before anything else runs and before any request. Imported first. */
const CODE = /([#&])(enrol|provision)=([^&]*)&?/;

/**
 * The one-time code (`#enrol=`), or the provisioning secret of a kiosk whose storage is wiped (`#provision=SECRET!KEY`, with the
 * public key to seal with, so that it can take an opt-in before it has reached anybody). The address is restored on the same
 * history entry, so that neither Back nor a copied address brings it back.
 */
const take = (): { enrol?: string; provision?: string; seal?: string } => {
  const [, , name, value = ''] = CODE.exec(location.hash) ?? [];
  if (!name) return {};
  const rest = location.hash.replace(CODE, '$1').replace(/[#&]$/, '');
  history.replaceState(history.state, '', location.pathname + location.search + rest);
  const [secret = '', seal] = value.split('!');
  return { [name]: secret, ...(seal && { seal }) };
};

export const codes = take();
