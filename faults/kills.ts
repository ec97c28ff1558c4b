/** What `npm run faults -- --kills` needs of TypeScript, in one bundle for Node. */
export { judge } from './kill-judge.ts';
export { Load, makeKillSite } from './kill-load.ts';
