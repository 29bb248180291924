function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [], field = '', quoted = false;
  const endField = () => { row.push(field); field = ''; };
  const endRow = () => { endField(); rows.push(row); row = []; };
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted) {
      if (c !== '"') field += c;
      else if (text[i + 1] === '"') { field += '"'; i++; }
      else quoted = false;
    } else switch (c) {
      case '"': quoted = true; break;
      case ',': endField(); break;
      case '\r': break;
      case '\n': endRow(); break;
      default: field += c;
    }
  }
  if (field || row.length) endRow();
  return rows;
}
const toCsv = (rows: readonly (readonly unknown[])[]): string =>
  rows.map((r) => r.map((v) => { const s = v == null ? '' : String(v); return s.includes('"') || s.includes(',') || s.includes('\n') ? `"${s.split('"').join('""')}"` : s; }).join(',')).join('\n');
const coerce = (s: string): string | number | boolean | null =>
  s === '' ? null : s === 'true' || s === 'false' ? s === 'true' : Number.isNaN(Number(s)) ? s : Number(s);
export async function main() {
  const text = 'id,name,note,ok\r\n1,"Doe, Jane","said ""hi""",true\n2,Bob,"two\nlines",false\n3,,1e3,\n';
  const [header = [], ...body] = parseCsv(text);
  const records = body.map((r) => Object.fromEntries(header.map((h, i) => [h, coerce(r[i] ?? '')])));
  console.log(records);
  const round = toCsv([header, ...records.map((r) => header.map((h) => r[h]))]);
  console.log(round);
  console.log(parseCsv(''), parseCsv('a'), parseCsv('a,\n'), parseCsv('""'), toCsv([[undefined, null, 0, NaN, [1, 2], { a: 1 }]]));
  return JSON.stringify(parseCsv(round)) === JSON.stringify(parseCsv(text.replace('true', 'true')));
}
