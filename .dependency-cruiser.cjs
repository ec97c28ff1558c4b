/** Who may import whom: the architecture of ../shared/design/architecture.md as rules. `npm run rules` checks them. */
const ours = '^(snippet|collector|dashboard|demo|commands|packages)/';
module.exports = {
  forbidden: [
    {
      name: 'snippet-imports-only-itself-and-the-wire',
      severity: 'error',
      from: { path: '^snippet/' },
      to: { pathNot: '^(snippet/|collector/wire\\.ts$)' },
    },
    {
      name: 'snippet-imports-the-wire-as-types-only',
      severity: 'error',
      from: { path: '^snippet/' },
      to: { path: '^collector/wire\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'the-package-imports-only-itself',
      severity: 'error',
      from: { path: '^packages/tag/src/' },
      to: { pathNot: '^packages/tag/src/' },
    },
    {
      name: 'wire-imports-only-the-validator',
      severity: 'error',
      from: { path: '^collector/wire\\.ts$' },
      to: { pathNot: 'node_modules/valibot' },
    },
    {
      name: 'store-is-a-leaf',
      severity: 'error',
      from: { path: '^collector/store/' },
      to: { path: ours, pathNot: '^collector/store/' },
    },
    {
      name: 'acquisition-is-pure-and-sees-store-only',
      severity: 'error',
      from: { path: '^collector/acquisition/' },
      to: { path: ours, pathNot: '^collector/(acquisition|store)/' },
    },
    {
      name: 'collect-reaches-ingest-people-and-fleet-only',
      severity: 'error',
      from: { path: '^collector/collect/' },
      to: { path: ours, pathNot: '^collector/(collect|acquisition|ingest|people|fleet|store)/|^collector/wire\\.ts$' },
    },
    {
      name: 'ingest-does-not-see-requests-or-reports',
      severity: 'error',
      from: { path: '^collector/ingest/' },
      to: { path: '^(collector/(collect|report|api|access|people)/|dashboard/)' },
    },
    {
      name: 'report-does-not-see-ingestion',
      severity: 'error',
      from: { path: '^collector/report/' },
      to: { path: '^(collector/(collect|ingest|people|api|access)/|dashboard/)' },
    },
    {
      // What they do is announced in the same transaction; who is told is not their business.
      name: 'people-and-fleet-see-store-only-and-announce',
      severity: 'error',
      from: { path: '^collector/(people|fleet)/' },
      to: {
        path: '^(collector/(collect|report|api|access|notify)/|dashboard/)',
        pathNot: '^collector/notify/webhooks/(announce|announcement-types)\\.ts$',
      },
    },
    {
      name: 'nothing-above-the-reports-but-api-and-dashboard',
      severity: 'error',
      from: { path: '^collector/(collect|ingest|import|store|people|fleet|notify|access)/' },
      to: { path: '^(collector/(report|api)/|dashboard/)' },
    },
    {
      name: 'import-reads-files-and-sees-store-and-acquisition-only',
      severity: 'error',
      from: { path: '^collector/import/' },
      to: { path: ours, pathNot: '^collector/(import|store|acquisition)/|^collector/collect/page-url\\.ts$' },
    },
    {
      name: 'dashboard-reads-report-people-fleet-access',
      severity: 'error',
      from: { path: '^dashboard/', pathNot: '^dashboard/islands/' },
      to: {
        path: '^(collector|snippet|demo|commands)/',
        pathNot:
          '^collector/(acquisition|report|people|fleet|access|import)/|^collector/notify/(outlets|webhooks|connectors)/|^collector/(wire|store/(sites|calendar|site-rules|channel-names))\\.ts$',
      },
    },
    {
      name: 'islands-stay-in-the-browser',
      severity: 'error',
      from: { path: '^dashboard/islands/' },
      to: { pathNot: '^dashboard/(islands|chart)/' },
    },
    {
      name: 'only-the-worker-mounts-the-dashboard',
      severity: 'error',
      from: { path: '^collector/', pathNot: '^collector/worker\\.ts$' },
      to: { path: '^dashboard/' },
    },
    {
      name: 'product-never-imports-the-demo-or-tests',
      severity: 'error',
      from: { path: '^(snippet|collector|dashboard)/' },
      to: { path: '^(demo|tests|bench|faults|commands)/' },
    },
    {
      name: 'ua-parser-behind-one-door',
      severity: 'error',
      from: { pathNot: '^collector/collect/technology\\.ts$' },
      to: { path: 'node_modules/ua-parser-js' },
    },
    {
      name: 'drizzle-in-store-and-access-only',
      severity: 'error',
      from: { path: '^(collector|dashboard)/', pathNot: '^collector/(store|access)/' },
      to: { path: 'node_modules/drizzle-orm' },
    },
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^cloudflare:' } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: [
          '\\.d\\.(ts|mts)$',
          '^collector/store/people-schema/',
          '^demo/(shop|kiosk)/assets/',
          '^dashboard/islands/',
          '^packages/tag/contract\\.check\\.ts$',
        ],
      },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^build/|/migrations/|^snippet/released/|^packages/tag/dist/)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['workerd', 'worker', 'browser', 'import', 'types', 'default'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
