/** Forgets the person in the document: what stands in fields, what is selected, what the page put into the session. */
export const forgetPerson = (): void => {
  for (const form of document.forms) form.reset();
  // Fields outside of any form have nobody else to clear them.
  for (const field of document.querySelectorAll<HTMLInputElement>('input,textarea')) {
    if (field.form) continue;
    field.value = field.defaultValue;
    field.checked = field.defaultChecked;
  }
  getSelection()?.removeAllRanges();
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  try {
    sessionStorage.clear();
  } catch {
    // Storage is refused: then nothing is in it.
  }
};
