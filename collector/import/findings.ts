/** What reading a file found: mistakes by line, which refuse it, and what was left out on purpose, which is said. */

export type Words = { fr: string; en: string };
export type Mistake = { file: string; line: number; column: string | null; what: Words };
export type LeftOut = { file: string; column: string | null; rows: number | null; why: Words };
export type Findings = {
  /** The first ones; `total` counts all. */
  mistakes: Mistake[];
  total: number;
  leftOut: LeftOut[];
};

const SHOWN = 50;

export const noFindings = (): Findings => ({ mistakes: [], total: 0, leftOut: [] });

export function addMistake(findings: Findings, mistake: Mistake): void {
  findings.total += 1;
  if (findings.mistakes.length < SHOWN) findings.mistakes.push(mistake);
}

/** Rows left out for one reason are one line. */
export function leaveOut(findings: Findings, file: string, column: string | null, why: Words, rows: number | null = null): void {
  const same = findings.leftOut.find((one) => one.file === file && one.column === column && one.why.en === why.en);
  if (same && rows !== null) same.rows = (same.rows ?? 0) + rows;
  else if (!same) findings.leftOut.push({ file, column, rows, why });
}
