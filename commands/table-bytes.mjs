/**
 * How many bytes each table of an SQLite file takes: its b-trees are walked page by page, indexes counted with their table. D1 has
 * no `dbstat` and no pragmas. The file format is https://www.sqlite.org/fileformat2.html; pages not yet written back are read
 * from the file's write-ahead log.
 */
import { closeSync, existsSync, openSync, readFileSync, readSync } from 'node:fs';

const LEAF = { 10: true, 13: true };
const TABLE_LEAF = 0x0d;

/** A number of 1 to 9 bytes, seven bits each. */
function varint(bytes, at) {
  let value = 0;
  for (let i = 0; i < 8; i += 1) {
    const byte = bytes[at + i];
    value = value * 128 + (byte & 127);
    if (byte < 128) return [value, at + i + 1];
  }
  return [value * 256 + bytes[at + 8], at + 9];
}

/** Where the newest committed copy of each page lies in the log: page number → offset. */
function readLog(file, pageSize) {
  const pages = new Map();
  if (!existsSync(file)) return { log: Buffer.alloc(0), pages };
  const log = readFileSync(file);
  let pending = new Map();
  for (let at = 32; at + 24 + pageSize <= log.length; at += 24 + pageSize) {
    // A frame of an earlier round of the log has another salt.
    if (log.readBigUInt64BE(at + 8) !== log.readBigUInt64BE(16)) break;
    pending.set(log.readUInt32BE(at), at + 24);
    if (log.readUInt32BE(at + 4) === 0) continue;
    for (const [page, offset] of pending) pages.set(page, offset);
    pending = new Map();
  }
  return { log, pages };
}

/** The cells of sqlite_schema on one leaf page: type, table and root page of each entry. */
function readSchema(page, start, add) {
  for (let i = 0; i < page.readUInt16BE(start + 3); i += 1) {
    let at = varint(page, varint(page, page.readUInt16BE(start + 8 + 2 * i))[1])[1];
    const body = at;
    let [size, next] = varint(page, at);
    const end = body + size;
    at = next;
    const kinds = [];
    while (at < end) {
      [size, next] = varint(page, at);
      kinds.push(size);
      at = next;
    }
    const cells = [];
    for (const kind of kinds.slice(0, 4)) {
      const length = kind >= 12 ? Math.floor((kind - 12) / 2) : [0, 1, 2, 3, 4, 6, 8, 8, 0, 0][kind];
      cells.push(
        kind >= 13 ? page.toString('utf8', at, at + length) : length === 0 ? kind - 8 : page.readUIntBE(at, Math.min(length, 6)),
      );
      at += length;
    }
    // type, name, tbl_name, rootpage; a view or trigger has no pages of its own.
    if (typeof cells[3] === 'number' && cells[3] > 0) add(cells[2], cells[3]);
  }
}

/**
 * @param {string} path of a database file.
 * @returns {Map<string, number>} bytes by table; overflow pages, of rows larger than a page, are not in it.
 */
export function tableBytes(path) {
  const file = openSync(path, 'r');
  const head = Buffer.alloc(100);
  readSync(file, head, 0, 100, 0);
  const pageSize = head.readUInt16BE(16) === 1 ? 65_536 : head.readUInt16BE(16);
  const { log, pages } = readLog(`${path}-wal`, pageSize);
  const pageOf = (number) => {
    const logged = pages.get(number);
    if (logged !== undefined) return log.subarray(logged, logged + pageSize);
    const page = Buffer.alloc(pageSize);
    readSync(file, page, 0, pageSize, (number - 1) * pageSize);
    return page;
  };
  /** Visits a tree, and counts its pages. */
  const walk = (number, visit) => {
    const page = pageOf(number);
    const start = number === 1 ? 100 : 0;
    visit?.(page, start);
    if (LEAF[page[start]]) return 1;
    let count = 1 + walk(page.readUInt32BE(start + 8), visit);
    for (let i = 0; i < page.readUInt16BE(start + 3); i += 1)
      count += walk(page.readUInt32BE(page.readUInt16BE(start + 12 + 2 * i)), visit);
    return count;
  };
  const roots = [];
  walk(1, (page, start) => {
    if (page[start] === TABLE_LEAF) readSchema(page, start, (table, root) => roots.push([table, root]));
  });
  const bytes = new Map();
  for (const [table, root] of roots) bytes.set(table, (bytes.get(table) ?? 0) + walk(root) * pageSize);
  closeSync(file);
  return bytes;
}
