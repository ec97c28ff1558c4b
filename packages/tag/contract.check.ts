/** Checked by tsc, never run: the package says exactly the commands that the tag understands. */
import type { Command as Understood } from '../../snippet/contract.ts';
import type { Command as Said } from './src/index.ts';

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;

export const same: Same<Said, Understood> = true;
