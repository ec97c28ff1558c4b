/** The one-time enrolment code, out of the address before anything else runs and before any request. Imported first. */
const CODE = /([#&])enrol=([^&]*)&?/;

/** The address is restored on the same history entry, so that neither Back nor a copied address brings the code back. */
const take = (): string | undefined => {
  const found = CODE.exec(location.hash)?.[2];
  if (found === undefined) return undefined;
  const rest = location.hash.replace(CODE, '$1').replace(/[#&]$/, '');
  history.replaceState(history.state, '', location.pathname + location.search + rest);
  return found;
};

export const enrolCode = take();
