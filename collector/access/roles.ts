/** Who may do what on a site. Everything that is not listed is denied. */

export const ROLES = ['viewer', 'marketer', 'steward', 'store', 'admin'] as const;
export type Role = (typeof ROLES)[number];
export type Action =
  | 'see_figures'
  | 'see_fleet'
  | 'enrol_kiosks'
  | 'see_mails'
  | 'see_persons'
  | 'see_addresses'
  | 'export_facts'
  | 'write_wordings'
  | 'manage_site';

const ALLOWED: Record<Role, readonly Action[]> = {
  /** Reads figures. */
  viewer: ['see_figures'],
  /** Reads figures and the fleet, works with pseudonymous persons. */
  marketer: ['see_figures', 'see_fleet', 'see_persons'],
  /** Answers for personal data: addresses, exports, erasure. */
  steward: ['see_figures', 'see_fleet', 'see_persons', 'see_addresses', 'see_mails', 'export_facts', 'write_wordings'],
  /** Store staff: their screen, no addresses. */
  store: ['see_fleet'],
  admin: [
    'see_figures',
    'see_fleet',
    'see_persons',
    'enrol_kiosks',
    'see_mails',
    'export_facts',
    'write_wordings',
    'manage_site',
  ],
};

export function can(role: Role, action: Action): boolean {
  return ALLOWED[role].includes(action);
}

export function isRole(text: string): text is Role {
  return ROLES.some((r) => r === text);
}
