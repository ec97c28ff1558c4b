/** A section of a page: title and remark in the margin, content beside it. */
import type { Child } from 'hono/jsx';

/** `wide` puts the title above, for content that needs the whole page. */
type Props = { id: string; title: string; note?: Child; wide?: boolean; children: Child };

export const Section = ({ id, title, note, wide = false, children }: Props) => (
  <section class={wide ? 'section wide' : 'section'} aria-labelledby={id}>
    <header>
      <h2 id={id}>{title}</h2>
      {note !== undefined && <p class="remark">{note}</p>}
    </header>
    <div class="content">{children}</div>
  </section>
);
