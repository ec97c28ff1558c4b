/** The frame of our mails: one column, one button, nothing loaded from anywhere, readable in light and dark and with images off. */
import { html } from 'hono/html';

export type Letter = {
  language: 'fr' | 'en';
  subject: string;
  /** Who writes, above the text. */
  brand: string;
  /** Shown by mailboxes beside the subject. */
  preview: string;
  before: readonly string[];
  button: { label: string; link: string };
  after: readonly string[];
  /** A last line in small, with its link. */
  footer: { text: string; label: string; link: string } | null;
  /** Said before the button's address, where a button does not work. */
  orCopy: string;
};

/** Only what mail clients keep: inline styles, a table, and a style block that may be dropped. */
const STYLE = `:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (prefers-color-scheme:dark){.page{background:#15171c!important}.sheet{background:#1f2229!important}.ink{color:#eceef2!important}.quiet{color:#a5abb8!important}.rule{border-color:#343946!important}}
@media (max-width:480px){.sheet td{padding-left:22px!important;padding-right:22px!important}.button{display:block!important}}`;
const FONT = "font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const INK = `${FONT};font-size:16px;line-height:1.55;color:#22252b`;
const QUIET = `${FONT};font-size:14px;line-height:1.5;color:#5b6170`;
const CELL = 'padding-left:40px;padding-right:40px';

export async function writeHtml(letter: Letter): Promise<string> {
  const { language, subject, brand, preview, before, button, after, footer, orCopy } = letter;
  return String(
    await html`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="format-detection" content="telephone=no,date=no,address=no"><title>${subject}</title><style>${STYLE}</style></head>
<body class="page" style="margin:0;padding:0;background:#f2f3f5">
<div style="display:none;max-height:0;overflow:hidden">${preview}</div>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" class="page" style="background:#f2f3f5"><tr><td align="center" style="padding:28px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" class="sheet" style="max-width:560px;background:#ffffff;border-radius:10px">
<tr><td class="ink" style="${INK};${CELL};padding-top:34px;font-size:18px;font-weight:600;overflow-wrap:anywhere">${brand}</td></tr>
<tr><td class="ink" style="${INK};${CELL};padding-top:14px">${before.map((line) => html`<p style="margin:0 0 14px">${line}</p>`)}</td></tr>
<tr><td style="${CELL};padding-top:10px;padding-bottom:22px"><a href="${button.link}" class="button" style="${FONT};display:inline-block;padding:15px 28px;border-radius:8px;background:#2b3fc4;color:#ffffff;font-size:17px;font-weight:600;line-height:1.3;text-align:center;text-decoration:none">${button.label}</a></td></tr>
<tr><td class="quiet" style="${QUIET};${CELL};padding-bottom:26px">${after.map((line) => html`<p style="margin:0 0 10px">${line}</p>`)}</td></tr>
<tr><td class="quiet rule" style="${QUIET};${CELL};font-size:13px;padding-top:18px;padding-bottom:30px;border-top:1px solid #e3e5ea"><p style="margin:0 0 8px">${orCopy}<br><a href="${button.link}" class="quiet" style="color:#5b6170;overflow-wrap:anywhere">${button.link}</a></p>${footer ? html`<p style="margin:0">${footer.text} <a href="${footer.link}" class="quiet" style="color:#5b6170">${footer.label}</a></p>` : ''}</td></tr>
</table></td></tr></table>
</body></html>`,
  );
}

/** The same letter as plain text. */
export function writeText({ language, before, button, after, footer }: Letter): string {
  const end = footer ? `\n-- \n${footer.text}\n${footer.label}${language === 'fr' ? '\u00a0' : ''}: ${footer.link}\n` : '';
  return `${before.join('\n\n')}\n\n${button.link}\n\n${after.join('\n\n')}\n${end}`;
}
