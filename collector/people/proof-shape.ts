/** A proof as a file: everything that was shown and done, and what is needed to check it without us. */
import * as v from 'valibot';
import { KINDS } from './ledger-chain.ts';

const whole = v.pipe(v.number(), v.integer());
const hex = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

export const proofShape = v.strictObject({
  v: v.literal(1),
  kind: v.literal('comptoir consent proof'),
  madeAt: whole,
  site: v.strictObject({ id: whole, key: v.string(), name: v.string() }),
  person: v.string(),
  /** Null once it was erased. */
  address: v.nullable(v.string()),
  /** The texts that were shown, word for word. */
  wordings: v.array(
    v.strictObject({
      id: v.string(),
      language: v.string(),
      title: v.string(),
      boxes: v.array(v.strictObject({ name: v.string(), label: v.string() })),
      note: v.string(),
      privacyUrl: v.string(),
      sha256: hex,
      privacySha256: v.nullable(v.string()),
    }),
  ),
  entries: v.array(
    v.strictObject({
      version: v.picklist([1, 2]),
      person: v.string(),
      sequence: whole,
      site: whole,
      optIn: v.string(),
      purpose: v.picklist(['news', 'link', 'all']),
      kind: v.picklist(KINDS),
      at: whole,
      /** JSON, as it was hashed; '' once it was erased. */
      detail: v.string(),
      detailSha256: v.string(),
      previousHash: v.string(),
      rowHash: v.string(),
    }),
  ),
  /** Signed digests, with the way from a head of this chain to the root of each. */
  digests: v.array(
    v.strictObject({
      day: v.string(),
      fromAt: whole,
      untilAt: whole,
      heads: whole,
      root: hex,
      previous: hex,
      signature: v.string(),
      publicKey: v.string(),
      head: v.strictObject({ sequence: whole, rowHash: v.string() }),
      place: whole,
      path: v.array(hex),
    }),
  ),
  /** Up to when digests were looked through for later entries of this chain, epoch ms. */
  searchedUntil: whole,
  /** Over everything above. */
  signature: v.strictObject({ publicKey: v.string(), value: v.string() }),
});
export type Proof = v.InferOutput<typeof proofShape>;

/** The text of a proof that is signed: all of it, in the order in which it stands, without the signature. */
export function textOfProof(proof: Proof): string {
  const { signature: _signature, ...rest } = proof;
  return JSON.stringify(['comptoir consent proof 1', rest]);
}
