const RULES: Record<string, RegExp> = {
  email: /^[\w.+-]+@(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)+[a-z]{2,}$/i,
  uuid: /^[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i,
  date: /^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?:T([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)?)?$/,
  semver: /^v?(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-((?:0|[1-9]\d*|\d*[a-zA-Z-][\da-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][\da-zA-Z-]*))*))?(?:\+([\da-zA-Z.-]+))?$/,
  ipv4: /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/,
  password: /^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)(?!.*(.)\1\1)\S{8,}$/,
  color: /^#(?:[\da-f]{3}){1,2}$/i,
  hex: /^(?:0x)?[\dA-F]+$/i,
  phone: /^\+?(\d{1,3})[ .-]?\(?(\d{3})\)?[ .-]?(\d{3,4})[ .-]?(\d{4})$/,
};

const SAMPLES = [
  'ann@example.com', 'a.b+c@mail.co.uk', 'bad@-x.com', 'no at sign', '123e4567-e89b-12d3-a456-426614174000', '2024-02-30', '2024-13-01',
  '2024-01-15T10:20:30.5Z', '1.2.3', 'v10.0.0-rc.1+build.5', '01.2.3', '192.168.0.1', '256.1.1.1', '1.2.3.4.', 'Passw0rd', 'Paaas5word', '#fff', '#12AB9F',
  '#12345', '0xFF', 'xyz', '+1 (555) 123-4567', '555-1234',
];

export async function main() {
  const table = SAMPLES.map((sample) => Object.keys(RULES).filter((name) => RULES[name]!.test(sample)));
  SAMPLES.forEach((sample, index) => console.log(sample.padEnd(40), table[index]));
  console.log('v1.20.3-beta.2+exp'.match(RULES['semver']!)?.slice(1), RULES['date']!.exec('2024-01-15T10:20Z'));
  const [, year, month] = RULES['date']!.exec('2023-07-31') ?? [];
  console.log(year, month, RULES['phone']!.exec('+49.555.123.4567')?.map((part) => part.length));
  return table.map((names) => names.length);
}
