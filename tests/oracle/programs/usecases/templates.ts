type Part = string | { readonly path: readonly string[]; readonly filters: readonly string[] } | { readonly each: readonly string[]; readonly body: readonly Part[] };
const filters: Readonly<Record<string, (s: string) => string>> = { upper: (s) => s.toUpperCase(), trim: (s) => s.trim(), bold: (s) => `**${s}**`, money: (s) => Number(s).toFixed(2) };
function compile(source: string): Part[] {
  const stack: { parts: Part[]; each?: string[] }[] = [{ parts: [] }];
  const top = () => stack[stack.length - 1]!;
  for (let at = 0; at < source.length; ) {
    const open = source.indexOf('{{', at);
    if (open < 0) { top().parts.push(source.slice(at)); break; }
    if (open > at) top().parts.push(source.slice(at, open));
    const close = source.indexOf('}}', open);
    if (close < 0) throw new SyntaxError(`unclosed tag at ${open}`);
    const tag = source.slice(open + 2, close).trim();
    if (tag.startsWith('#each ')) stack.push({ parts: [], each: tag.slice(6).split('.') });
    else if (tag === '/each') {
      const { parts, each } = stack.pop()!;
      if (!each) throw new SyntaxError('stray /each');
      top().parts.push({ each, body: parts });
    } else {
      const [path = '', ...names] = tag.split('|').map((s) => s.trim());
      top().parts.push({ path: path.split('.'), filters: names });
    }
    at = close + 2;
  }
  return stack[0]!.parts;
}
const lookup = (scope: any, path: readonly string[]): any => path.reduce((value, key) => (key === 'this' ? value : value?.[key]), scope);
function render(parts: readonly Part[], scope: any): string {
  return parts.map((part) => {
    if (typeof part === 'string') return part;
    if ('each' in part) return (lookup(scope, part.each) ?? []).map((item: any, index: number) => render(part.body, typeof item === 'object' ? { ...item, index } : item)).join('');
    const value = lookup(scope, part.path);
    return part.filters.reduce((text, name) => (filters[name] ?? ((s: string) => `${s}?${name}`))(text), value == null ? '' : String(value));
  }).join('');
}
export async function main() {
  const data = JSON.parse('{"user":{"name":" ann ","tags":["x","y"]},"items":[{"n":"pen","p":1.5},{"n":"ink","p":12}],"none":null}');
  const source = 'Hi {{ user.name | trim | upper | bold }}!\n{{#each items}}{{index}}. {{n}} {{ p | money }}\n{{/each}}{{#each user.tags}}<{{this|upper|odd}}>{{/each}}{{none}}{{user.none.deeper}}.';
  console.log(render(compile(source), data));
  console.log(JSON.stringify(compile('{{a.b}} c')));
  for (const bad of ['{{x', '{{/each}}']) try { compile(bad); } catch (e) { console.log(`${e}`); }
  return render(compile('{{#each rows}}[{{#each cells}}{{this}},{{/each}}]{{/each}}'), { rows: [{ cells: [1, 2] }, { cells: [] }, { cells: [null, 'z'] }] });
}
