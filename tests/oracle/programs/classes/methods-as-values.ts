class Greeter {
  constructor(private readonly greeting: string) {
    this.bound = this.bound.bind(this);
  }
  plain(name: string): string {
    return `${this?.greeting ?? 'nobody'} ${name}`;
  }
  bound(name: string): string {
    return `${this.greeting}, ${name}`;
  }
  arrow = (name: string): string => `${this.greeting}: ${name}`;
  static make(greeting: string): Greeter {
    return new this(greeting);
  }
}

class Loud extends Greeter {
  override plain(name: string): string {
    return super.plain(name).toUpperCase();
  }
}

export function main() {
  const greeter = new Greeter('hello');
  const { plain, bound, arrow } = greeter;
  const errors: string[] = [];
  try {
    (new Loud('x').bound as any).call(undefined, 'y');
  } catch (error) {
    errors.push(String(error));
  }
  const classes: (new (greeting: string) => Greeter)[] = [Greeter, Loud];
  const made = classes.map((each) => new each('hey').plain('you'));
  const table: Record<string, new (greeting: string) => Greeter> = { Greeter, Loud };
  const found = Object.entries(table).map(([name, each]) => `${name} ${new each('by name') instanceof Loud}`);
  console.log(greeter.arrow, Greeter, Loud, [Loud]);
  return [
    plain('a'), bound('b'), arrow('c'), ['x', 'y'].map(greeter.bound), ['x'].map(greeter.plain), greeter.plain === new Greeter('z').plain,
    made, found, Loud.make('loud').plain('z'), Loud.make('q') instanceof Loud, plain.call(new Loud('called'), 'd'), plain.name, plain.length,
    typeof Greeter, 'plain' in greeter, Object.keys(greeter), greeter.hasOwnProperty('plain'), errors,
  ];
}
