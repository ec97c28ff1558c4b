/** Types of the dashboard's build for the suites that use it. */
export const LANGUAGES: string[];
export const HELP: string[];
