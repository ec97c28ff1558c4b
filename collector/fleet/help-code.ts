/** The staff help's address as a QR code that a kiosk can show without a network. */
import { generate } from 'lean-qr';
import type { KioskSettings } from '../wire.ts';

export function helpCode(url: string): NonNullable<KioskSettings['help']> {
  const code = generate(url);
  let dark = '';
  for (let y = 0; y < code.size; y += 1) for (let x = 0; x < code.size; x += 1) dark += code.get(x, y) ? '1' : '0';
  return { url, size: code.size, dark };
}
