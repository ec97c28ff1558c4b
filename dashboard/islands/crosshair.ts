/** Reads the chart value by value, with the pointer or the arrow keys. The values come from the table below the chart. */

type Reading = { label: string; value: string };

const chartOf = (target: EventTarget | null) =>
  target instanceof Element ? target.closest<HTMLElement>('[data-crosshair]') : null;

function readings(chart: HTMLElement): Reading[] {
  const column = Number(chart.dataset.column);
  const rows = document.querySelectorAll<HTMLTableRowElement>('#chart-table tbody tr');
  return [...rows].map((row) => ({ label: row.cells[0]?.textContent ?? '', value: row.cells[column + 1]?.textContent ?? '' }));
}

function part(chart: HTMLElement, name: string): HTMLElement {
  const found = chart.querySelector<HTMLElement>(`.${name}`);
  if (found) return found;
  const made = document.createElement('div');
  made.className = name;
  chart.append(made);
  return made;
}

/** The table lists the buckets that have begun; the chart has room for all of them. */
const bucketsOf = (chart: HTMLElement) => Math.max(1, Number(chart.dataset.buckets) - 1);

/** Moves the line and its note to one bucket. */
function point(chart: HTMLElement, index: number, all: Reading[]): void {
  const reading = all[index];
  if (!reading) return;
  const across = chart.dataset.buckets === '1' ? 50 : (index / bucketsOf(chart)) * 100;
  part(chart, 'cross').style.insetInlineStart = `${across}%`;
  const note = part(chart, 'reading');
  const [value, label] = [document.createElement('b'), document.createElement('span')];
  value.textContent = reading.value;
  label.textContent = reading.label;
  note.replaceChildren(value, label);
  // The note leans inward, so that it never leaves the page.
  note.style.insetInlineStart = `${across}%`;
  note.style.translate = `${-across}% 0`;
  chart.dataset.at = String(index);
  chart.ariaValueNow = String(index);
  chart.ariaValueText = `${reading.label} : ${reading.value}`;
  chart.classList.add('reading-on');
}

/** Makes the chart reachable by keyboard; again after the page was refreshed. */
function prepare(): void {
  const chart = document.querySelector<HTMLElement>('[data-crosshair]');
  if (!chart) return;
  const count = readings(chart).length;
  if (count === 0) return;
  chart.tabIndex = 0;
  chart.role = 'slider';
  chart.ariaLabel = chart.dataset.label ?? '';
  chart.ariaValueMin = '0';
  chart.ariaValueMax = String(count - 1);
  const at = Number(chart.dataset.at ?? count - 1);
  chart.ariaValueNow = String(at);
  chart.ariaValueText = readings(chart)[at]?.label ?? '';
}

const STEPS: Record<string, (at: number, last: number) => number> = {
  ArrowLeft: (at) => at - 1,
  ArrowRight: (at) => at + 1,
  ArrowDown: (at) => at - 1,
  ArrowUp: (at) => at + 1,
  PageUp: (at) => at + 7,
  PageDown: (at) => at - 7,
  Home: () => 0,
  End: (_, last) => last,
};

/** Listens on the document, because a refresh replaces the chart. */
export function armCrosshair(): void {
  prepare();
  document.addEventListener('comptoir:refreshed', prepare);
  document.addEventListener('pointermove', (event) => {
    const chart = chartOf(event.target);
    if (!chart) {
      for (const left of document.querySelectorAll('.reading-on:not(:focus)')) left.classList.remove('reading-on');
      return;
    }
    const box = chart.getBoundingClientRect();
    const all = readings(chart);
    point(
      chart,
      Math.min(all.length - 1, Math.max(0, Math.round(((event.clientX - box.left) / box.width) * bucketsOf(chart)))),
      all,
    );
  });
  document.addEventListener('keydown', (event) => {
    const chart = chartOf(event.target);
    if (!chart || event.target !== chart) return;
    if (event.key === 'Escape') return chart.classList.remove('reading-on');
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    const all = readings(chart);
    const last = all.length - 1;
    point(chart, Math.min(last, Math.max(0, step(Number(chart.dataset.at ?? last), last))), all);
  });
}
