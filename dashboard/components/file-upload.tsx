/** A form that takes a file: what was wrong with the last one stands above it, and is said with the field. */
import type { Child } from 'hono/jsx';
import type { Words } from '../../collector/report/metric.ts';
import type { Ui } from '../ui.ts';

type Props = {
  ui: Ui;
  action: string;
  label: Words;
  /** Endings of names, as `<input accept>` takes them. */
  accept: string;
  submit: Words;
  problem: Words | null;
  /** Further fields, after the file. */
  children?: Child;
};

export const FileUpload = ({ ui, action, label, accept, submit, problem, children }: Props) => (
  <form method="post" action={action} enctype="multipart/form-data" class="form">
    {problem && (
      <p class="problem" role="alert" id="problem">
        {ui.say(problem)}
      </p>
    )}
    <label for="file">{ui.say(label)}</label>
    <input
      id="file"
      name="file"
      type="file"
      required
      accept={accept}
      aria-describedby={problem ? 'problem' : undefined}
      aria-invalid={problem ? 'true' : undefined}
    />
    {children}
    <button type="submit" class="primary">
      {ui.say(submit)}
    </button>
  </form>
);
