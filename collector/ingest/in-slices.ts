/** The loop of every job that is done in slices: a bounded part at a time, and the rest in the next run. */

/**
 * Does slice after slice until one says that nothing is left, at most `steps` of them.
 *
 * @param slice one bounded piece of work, which may be broken off or repeated; true = nothing is left.
 * @returns whether nothing is left.
 */
export async function inSlices(steps: number, slice: () => Promise<boolean>): Promise<boolean> {
  for (let step = 0; step < steps; step += 1) if (await slice()) return true;
  return false;
}
