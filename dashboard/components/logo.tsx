/** The mark: a counter's tally of five. */

export const Logo = () => (
  <svg class="logo" viewBox="0 0 28 24" width="28" height="24" aria-hidden="true">
    <path class="bars" d="M5 3v18M11 3v18M17 3v18M23 3v18" />
    <path class="slash" d="M1.5 18.5 26.5 5.5" />
  </svg>
);
