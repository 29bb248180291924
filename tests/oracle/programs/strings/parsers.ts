type Token = { kind: 'number'; value: number } | { kind: 'op'; value: string } | { kind: 'paren'; value: '(' | ')' };
function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let i = 0;
  while (i < text.length) {
    const c = text[i]!;
    if (c === ' ') { i++; continue; }
    if (c >= '0' && c <= '9' || c === '.') {
      let j = i;
      while (j < text.length && (text[j]! >= '0' && text[j]! <= '9' || text[j] === '.')) j++;
      tokens.push({ kind: 'number', value: Number(text.slice(i, j)) });
      i = j;
    } else if ('+-*/^'.includes(c)) { tokens.push({ kind: 'op', value: c }); i++; }
    else if (c === '(' || c === ')') { tokens.push({ kind: 'paren', value: c }); i += 1; }
    else throw new SyntaxError(`unexpected '${c}' at ${i}`);
  }
  return tokens;
}
const binding: Record<string, [number, number, (a: number, b: number) => number]> = {
  '+': [1, 2, (a, b) => a + b], '-': [1, 2, (a, b) => a - b],
  '*': [3, 4, (a, b) => a * b], '/': [3, 4, (a, b) => a / b], '^': [6, 5, (a, b) => a ** b],
};
function evaluate(text: string): number {
  const tokens = tokenize(text);
  let at = 0;
  const primary = (): number => {
    const token = tokens[at++];
    switch (token?.kind) {
      case 'number': return token.value;
      case 'op': if (token.value === '-') return -expression(5); break;
      case 'paren': {
        if (token.value === ')') break;
        const value = expression(0);
        if (tokens[at++]?.value !== ')') throw new SyntaxError('missing )');
        return value;
      }
    }
    throw new SyntaxError(`unexpected ${token ? token.value : 'end'}`);
  };
  const expression = (min: number): number => {
    let left = primary();
    for (let token = tokens[at]; token?.kind === 'op' && binding[token.value]![0] >= min; token = tokens[at]) {
      at++;
      const [, right, apply] = binding[token.value]!;
      left = apply(left, expression(right));
    }
    return left;
  };
  const value = expression(0);
  if (at < tokens.length) throw new SyntaxError(`trailing ${tokens[at]!.value}`);
  return value;
}
export async function main() {
  for (const text of ['1 + 2 * 3', '(1+2)*3', '2^3^2', '-2^2', '10/4-1', '7 -', '(1', '1)', '2 $ 3', '1.5.2 + 1', '']) {
    try { console.log(text, '=', evaluate(text)); } catch (error) { console.log(text, '!', String(error)); }
  }
}
