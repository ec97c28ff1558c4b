/** page_group: group that the site gave the page (data-page-group). */
import { pageDimension } from '../dimension.ts';

export const pageGroup = pageDimension(
  {
    name: 'page_group',
    label: { fr: 'Groupe de pages', en: 'Page group' },
    definition: {
      fr: 'Groupe que le site a donné à la page (data-page-group).',
      en: 'Group that the site gave the page (data-page-group).',
    },
  },
  'page',
  'page_group',
);
