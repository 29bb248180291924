const slug = (title: string): string =>
  title.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase().trim().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '');
const sameName = (a: string, b: string): boolean => a.normalize() === b.normalize();
export async function main() {
  return {
    slugs: ['  Crème Brûlée: 10 Ways! ', 'Ærøskøbing & Łódź', 'Đà Nẵng — Việt Nam', 'Žluťoučký kůň', 'İstanbul 漢字 😀'].map(slug),
    same: [sameName('Zoë', 'Zoe\u0308'), sameName('ậ', 'a\u0323\u0302'), sameName('a', 'á')],
    lengths: ['é', 'e\u0301', 'ǖ', 'ệ'].map((text) => [text.normalize('NFC').length, text.normalize('NFD').length]),
  };
}
