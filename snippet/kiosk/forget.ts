/** Forgets the person in the document: what stands in fields, what is selected, what the page put into the session. */

/** Also what Back, a reload or autofill would bring again. */
export const emptyFields = (): void => {
  for (const form of document.forms) {
    form.autocomplete = 'off';
    form.reset();
  }
  // Fields outside of any form have nobody else to clear them.
  for (const field of document.querySelectorAll<HTMLInputElement>('input,textarea')) {
    if (field.form) continue;
    field.autocomplete = 'off';
    field.value = field.defaultValue;
    field.checked = field.defaultChecked;
  }
};

/** @param language of the screen for the next person. */
export const forgetPerson = (language: string): void => {
  emptyFields();
  getSelection()?.removeAllRanges();
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  document.documentElement.lang = language;
  try {
    sessionStorage.clear();
  } catch {
    // Storage is refused: then nothing is in it.
  }
};

/** What one person copies the next could paste: on a shared screen nothing is copied. */
export const refuseClipboard = (): void => {
  for (const type of ['copy', 'cut']) addEventListener(type, (event) => event.preventDefault(), true);
};
