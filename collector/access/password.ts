/** Password hashes: native scrypt, because PBKDF2 stops at 100,000 rounds in production and pure-JS scrypt exceeds the CPU limit. */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** OWASP's set for 16 MiB (https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html). */
const COST = { N: 16_384, r: 8, p: 5 } as const;
const KEY_BYTES = 32;

function derive(password: string, salt: Buffer, cost: { N: number; r: number; p: number }): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, KEY_BYTES, { ...cost, maxmem: 64 * 1024 * 1024 }, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}

/** PHC string of a password: `$scrypt$ln=14,r=8,p=5$salt$hash`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, COST);
  return `$scrypt$ln=${Math.log2(COST.N)},r=${COST.r},p=${COST.p}$${salt.toString('base64')}$${key.toString('base64')}`;
}

/** Whether a password fits a PHC string; false for a string we did not write. */
export async function verifyPassword(password: string, phc: string): Promise<boolean> {
  const match = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/=]+)\$([A-Za-z0-9+/=]+)$/.exec(phc);
  if (!match) return false;
  const [, ln, r, p, salt, hash] = match;
  const wanted = Buffer.from(hash ?? '', 'base64');
  const given = await derive(password, Buffer.from(salt ?? '', 'base64'), { N: 2 ** Number(ln), r: Number(r), p: Number(p) });
  return wanted.length === given.length && timingSafeEqual(wanted, given);
}
