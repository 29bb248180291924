interface User { name: string; email?: string | null; roles: string[]; plan: { tier: 'free' | 'pro'; seats: number } }
const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (c) => escapes[c] ?? c);
class Raw { constructor(readonly text: string) {} toString() { return this.text; } }
function html(strings: TemplateStringsArray, ...values: unknown[]): Raw {
  const render = (v: unknown): string => v instanceof Raw ? v.text : Array.isArray(v) ? v.map(render).join('') : v === null || v === undefined || v === false ? '' : escapeHtml(String(v));
  return new Raw(strings.reduce((out, s, i) => out + s + (i < values.length ? render(values[i]) : ''), ''));
}
function interpolate(template: string, data: Record<string, unknown>): string {
  return template.replace(/\{\{\s*([\w.]+)\s*(?:\|\s*(\w+)\s*)?\}\}/g, (_match, path: string, filter?: string) => {
    const value = path.split('.').reduce<any>((o, k) => o?.[k], data);
    const text = value === undefined ? '' : String(value);
    switch (filter) { case 'upper': return text.toUpperCase(); case 'money': return `$${Number(text).toFixed(2)}`; default: return text; }
  });
}
const slug = (title: string) => title.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase().trim().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '');
export async function main() {
  const user: User = { name: 'Ann <admin> & "co"', email: null, roles: ['owner', 'a<b'], plan: { tier: 'pro', seats: 3 } };
  const page = html`<h1 title="${user.name}">${user.name}</h1><ul>${user.roles.map((r) => html`<li>${r}</li>`)}</ul>${user.email && html`<a>${user.email}</a>`}`;
  return { page: `${page}`, mail: interpolate('Dear {{ user.name|upper }}, {{ amount | money }} for {{user.plan.seats}} seats{{ nothing.here }}.', { user, amount: 19.5 }), slug: slug('  Crème Brûlée: 10 Ways!  '), camel: 'some-css-property'.replace(/-([a-z])/g, (_, c: string) => c.toUpperCase()) };
}
