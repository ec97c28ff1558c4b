/** The hash of a wording: over everything a person saw, in a fixed order. */
import { sha256 } from './sha256.ts';

export type WordingText = {
  id: string;
  language: string;
  title: string;
  boxes: readonly { name: string; label: string }[];
  note: string;
  privacyUrl: string;
};

export function hashWording(w: WordingText): string {
  const text = JSON.stringify([w.id, w.language, w.title, w.boxes.map((b) => [b.name, b.label]), w.note, w.privacyUrl]);
  return sha256(text);
}
