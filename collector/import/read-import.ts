/** Which tool a file is from, and its figures by day, or what is wrong with it: all of the file is read before anything is stored. */
import { dateOfDay, dayOf } from '../store/calendar.ts';
import type { ImportedCell } from '../store/imported-dimensions.ts';
import type { Site } from '../store/sites.ts';
import { addMistake, type Findings, leaveOut, noFindings, type Words } from './findings.ts';
import { isGoatCounter, readGoatCounter } from './goatcounter.ts';
import { type Opened, openFile } from './open-file.ts';
import { EVENTS, readerOf, TOTALS, tableNamed } from './plausible.ts';
import { type CsvFile, headerOf, readTable } from './read-table.ts';
import { MAX_CELLS, makeTally, type Tally } from './tally.ts';
import { isUmami, isUmamiSummary, readUmami } from './umami.ts';

export const TOOLS = ['plausible', 'umami', 'goatcounter'] as const;
export type Tool = (typeof TOOLS)[number];
/** Mistakes refuse the whole file; without any, there are cells. */
export type Read = { tool: Tool | null; cells: ImportedCell[]; findings: Findings };

const NOT_KNOWN: Words = {
  fr: "Ce n'est l'export ni de Plausible, ni d'Umami, ni de GoatCounter.",
  en: 'This is no export of Plausible, Umami or GoatCounter.',
};
const NO_DAYS: Words = {
  fr: "Cet export d'Umami n'a pas de dates. Demandez l'export des données (« website_event.csv »).",
  en: 'This export of Umami has no dates. Ask for the data export (“website_event.csv”).',
};
const NO_TOTALS: Words = {
  fr: 'Le fichier « imported_visitors » manque : il a les totaux des jours.',
  en: 'The file “imported_visitors” is missing: it has the totals of the days.',
};
const OTHER_FILE: Words = { fr: 'Fichier inconnu, laissé de côté.', en: 'Unknown file, left out.' };
const NOTHING: Words = { fr: "Il n'y a aucun chiffre dans ce fichier.", en: 'There are no figures in this file.' };
const TOO_MUCH: Words = {
  fr: `Plus de ${MAX_CELLS} valeurs par jour : exportez une période plus courte.`,
  en: `More than ${MAX_CELLS} values by day: export a shorter period.`,
};
const FUTURE: Words = { fr: "Cette date n'est pas passée.", en: 'This date is not over.' };
/** No tool is older; an earlier date is a mistake of reading. */
const FIRST_DAY = dayOf('UTC', Date.UTC(2000, 0, 1));

function readPlausible(opened: Opened, site: Site, today: number, tally: Tally, findings: Findings): void {
  const tables = opened.names.map((name) => [name, tableNamed(name)] as const);
  for (const [name, table] of tables) {
    const reader = table === null ? undefined : readerOf(table);
    if (!reader) {
      leaveOut(findings, name, null, OTHER_FILE);
      continue;
    }
    const file = opened.open(name);
    if (!('bytes' in file)) {
      addMistake(findings, { file: name, line: 1, column: null, what: file });
      continue;
    }
    readTable(file, reader.columns, findings, (row) => {
      const day = row.day('date');
      if (day === null) return;
      if (day >= today || day < FIRST_DAY) row.mistake('date', FUTURE);
      else reader.read(row, day, tally, site);
    });
  }
  // With a table of events, a day that is not in it had none; without it, nobody knows.
  if (tables.some(([, table]) => table === EVENTS))
    for (const { dimension, day } of tally.cells()) if (dimension === 'total') tally.add('total', day, '', { events: 0 });
  if (!tables.some(([, table]) => table === TOTALS))
    addMistake(findings, { file: opened.names[0] ?? '', line: 1, column: null, what: NO_TOTALS });
}

/** Days that are not over are cut off: hits of today would be counted here as well. */
function cutToday(cells: ImportedCell[], today: number, findings: Findings, file: string): ImportedCell[] {
  const over = cells.filter(({ day }) => day < today && day >= FIRST_DAY);
  const days = new Set(cells.filter(({ day }) => day >= today || day < FIRST_DAY).map(({ day }) => day));
  for (const day of days)
    leaveOut(findings, file, null, {
      fr: `Le ${dateOfDay(day)} n'est pas fini, ou trop ancien : laissé de côté.`,
      en: `${dateOfDay(day)} is not over, or too old: left out.`,
    });
  return over;
}

type HitReader = (file: CsvFile, site: Site, tally: Tally, findings: Findings) => void;

/** The one file of hits in what was opened, with its reader. */
function findHits(opened: Opened): { tool: Tool; name: string; read: HitReader } | Words | null {
  for (const name of opened.names) {
    if (opened.names.length > 1 && !/website_event|goatcounter/i.test(name)) continue;
    const file = opened.open(name);
    if (!('bytes' in file)) return file;
    const header = headerOf(file);
    if (isUmami(header)) return { tool: 'umami', name, read: readUmami };
    if (isGoatCounter(header)) return { tool: 'goatcounter', name, read: readGoatCounter };
  }
  return null;
}

/** @param nowMs days that are not over by then are not taken. */
export async function readImport(bytes: Uint8Array, fileName: string, site: Site, nowMs: number): Promise<Read> {
  const findings = noFindings();
  const refuse = (what: Words): Read => {
    addMistake(findings, { file: fileName, line: 1, column: null, what });
    return { tool: null, cells: [], findings };
  };
  const opened = await openFile(bytes, fileName);
  if (!('open' in opened)) return refuse(opened);
  const tally = makeTally();
  const today = dayOf(site.zone, nowMs);
  let tool: Tool;
  if (opened.names.some((name) => tableNamed(name) !== null)) {
    tool = 'plausible';
    readPlausible(opened, site, today, tally, findings);
  } else {
    const found = findHits(opened);
    if (!found) return refuse(isUmamiSummary(opened.names) ? NO_DAYS : NOT_KNOWN);
    if (!('tool' in found)) return refuse(found);
    tool = found.tool;
    const file = opened.open(found.name);
    if (!('bytes' in file)) return refuse(file);
    found.read(file, site, tally, findings);
    for (const other of opened.names) if (other !== found.name) leaveOut(findings, other, null, OTHER_FILE);
  }
  if (tally.isFull()) return { ...refuse(TOO_MUCH), tool };
  const cells = cutToday(tally.cells(), today, findings, fileName);
  if (findings.total === 0 && !cells.some(({ dimension }) => dimension === 'total')) return { ...refuse(NOTHING), tool };
  return { tool, cells: findings.total === 0 ? cells : [], findings };
}
