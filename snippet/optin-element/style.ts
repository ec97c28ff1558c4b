/** The form's own look, as a constructed style sheet: `style-src` says nothing about it (https://www.w3.org/TR/CSP3/#changes-from-level-2). */
const css = `
:host{display:block}:host([hidden]){display:none}
form,div{font:inherit;color:inherit;max-width:var(--comptoir-width,36em)}
*{box-sizing:border-box}
h2{font:inherit;font-size:1.5em;line-height:1.2;margin:0 0 .8em;text-wrap:balance}
p{margin:.6em 0}
label{display:block;font-weight:600;margin-bottom:.3em}
input,button{font:inherit;color:inherit;letter-spacing:inherit}
input[part=input]{display:block;width:100%;min-height:max(44px,2.75em);padding:.4em .8em;border:2px solid;border-radius:var(--comptoir-radius,.5em);background:var(--comptoir-field,#fff);color:var(--comptoir-field-ink,#222)}
[aria-invalid]{border-color:var(--comptoir-error,#b3261e)!important}
[part=box]{display:flex;gap:.8em;align-items:flex-start;font-weight:400;min-height:44px;padding:.5em 0;margin:0;cursor:pointer}
[part=box] input{flex:none;width:max(24px,1.5em);height:max(24px,1.5em);margin:0;accent-color:var(--comptoir-accent,#1f4f46)}
button,a{min-height:max(44px,2.75em);cursor:pointer}
a{display:inline-flex;align-items:center;color:inherit}
[part=button]{padding:.5em 1.6em;border:0;border-radius:var(--comptoir-radius,.5em);background:var(--comptoir-accent,#1f4f46);color:var(--comptoir-accent-ink,#fff);font-weight:600}
[part=suggestion] button{background:none;border:0;padding:0 .3em;text-decoration:underline;font-weight:600;overflow-wrap:anywhere}
[part=error]{color:var(--comptoir-error,#b3261e);font-weight:600}
[part=error]:empty,[part=suggestion]:empty{display:none}
:focus-visible{outline:3px solid var(--comptoir-focus,#1d5c8c);outline-offset:2px}
`;

const sheet = new CSSStyleSheet();
sheet.replaceSync(css);
export const dress = (root: ShadowRoot): void => {
  root.adoptedStyleSheets = [sheet];
};
