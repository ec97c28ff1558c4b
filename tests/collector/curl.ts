/** A curl command of the help pages as the request it makes: the options our pages use, and an error for any other. */

/** Splits a command as a shell does: quotes, backslashes, variables outside of single quotes. */
function splitWords(command: string, variables: Record<string, string>): string[] {
  const words: string[] = [];
  let word: string | null = null;
  let quote = '';
  const text = command.replace(/\\\n\s*/g, ' ');
  for (let i = 0; i < text.length; i += 1) {
    const c = text[i] ?? '';
    const name = quote === "'" ? undefined : /^\$([A-Z]+)/.exec(text.slice(i))?.[1];
    if (name !== undefined) {
      const value = variables[name];
      if (value === undefined) throw new Error(`The page does not say what $${name} is.`);
      word = (word ?? '') + value;
      i += name.length;
    } else if (quote !== '' && c === quote) quote = '';
    else if (quote === '' && (c === '"' || c === "'")) {
      quote = c;
      word ??= '';
    } else if (c === '\\' && quote !== "'") {
      word = (word ?? '') + (text[i + 1] ?? '');
      i += 1;
    } else if (quote === '' && /\s/.test(c)) {
      if (word !== null) words.push(word);
      word = null;
    } else word = (word ?? '') + c;
  }
  if (quote !== '') throw new Error(`A quote is not closed: ${command}`);
  if (word !== null) words.push(word);
  return words;
}

/** @param files what `@name` stands for. */
export function toRequest(command: string, variables: Record<string, string>, files: Record<string, Uint8Array>): Request {
  const [program, ...words] = splitWords(command, variables);
  if (program !== 'curl') throw new Error(`Not a curl command: ${command}`);
  const headers = new Headers();
  const encoded: string[] = [];
  let method: string | undefined;
  let address: string | undefined;
  let body: BodyInit | undefined;
  let asQuery = false;
  const file = (name: string) => {
    const found = files[name.slice(1)];
    if (!found) throw new Error(`There is no file ${name}.`);
    return found;
  };
  for (let i = 0; i < words.length; i += 1) {
    const word = words[i] ?? '';
    const next = () => {
      i += 1;
      const value = words[i];
      if (value === undefined) throw new Error(`${word} has no value.`);
      return value;
    };
    if (word === '-X') method = next();
    else if (word === '-H') {
      const [, name = '', value = ''] = /^([^:]+): ?(.*)$/.exec(next()) ?? [];
      headers.append(name, value);
    } else if (word === '-d') body = next();
    else if (word === '--data-binary') {
      const data = next();
      body = data.startsWith('@') ? file(data) : data;
    } else if (word === '--data-urlencode') {
      const [, name = '', value = ''] = /^([^=]*)=([\s\S]*)$/.exec(next()) ?? [];
      encoded.push(`${name}=${encodeURIComponent(value)}`);
    } else if (word === '-G') asQuery = true;
    else if (word === '-o') next();
    else if (word.startsWith('-')) throw new Error(`The pages use no option ${word}.`);
    else if (address !== undefined) throw new Error(`Two addresses: ${address} and ${word}`);
    else address = word;
  }
  if (address === undefined) throw new Error(`No address: ${command}`);
  if (encoded.length > 0 && !asQuery) body = encoded.join('&');
  const query = asQuery && encoded.length > 0 ? `${address.includes('?') ? '&' : '?'}${encoded.join('&')}` : '';
  // As curl does, unless the page says otherwise.
  if (body !== undefined && !headers.has('content-type')) headers.set('content-type', 'application/x-www-form-urlencoded');
  headers.set('user-agent', 'curl/8.5.0');
  return new Request(address + query, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers,
    ...(body === undefined ? {} : { body }),
  });
}
