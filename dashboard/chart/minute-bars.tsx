/** The last half hour as thirty small bars. The table of the same minutes stands on the page of what happens now. */

const WIDTH = 62;
const percent = (part: number) => `${Number((part * 100).toFixed(2))}%`;

/** @param says what the picture shows, for those who do not see it. The last bar is a minute that is not over. */
export const MinuteBars = ({ visitors, says }: { visitors: readonly number[]; says: string }) => {
  const top = Math.max(1, ...visitors);
  const step = 1 / visitors.length;
  return (
    <svg class="minutes" role="img" aria-label={says}>
      {visitors.map((count, i) => {
        // An empty minute is a hair on the ground: measured, and nobody there.
        const height = count === 0 ? 0.04 : Math.max(0.1, count / top);
        return (
          <rect
            class={count === 0 ? 'none' : i === visitors.length - 1 ? 'open' : undefined}
            x={percent(i * step)}
            y={percent(1 - height)}
            width={percent((step * WIDTH) / 100)}
            height={percent(height)}
          />
        );
      })}
    </svg>
  );
};
