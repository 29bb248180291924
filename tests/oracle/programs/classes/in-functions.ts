function makeCounterClass(step: number) {
  let made = 0;
  class Counter {
    count = 0;
    constructor(readonly label: string) {
      made++;
    }
    tick(): number {
      this.count += step;
      return this.count;
    }
    clone(): Counter {
      return new Counter(this.label + "'");
    }
    static howMany(): number {
      return made;
    }
    get text(): string {
      return `${this.label}:${this.count}/${step}`;
    }
  }
  return Counter;
}

export function main() {
  const ByTwo = makeCounterClass(2);
  const ByTen = makeCounterClass(10);
  const a = new ByTwo('a');
  const b = new ByTen('b');
  a.tick();
  a.tick();
  b.tick();
  const c = a.clone();
  c.tick();
  const classes = [];
  for (let i = 0; i < 3; i++) {
    classes.push(
      class Local {
        value = i;
        next() {
          return i + 1;
        }
        self() {
          return Local.name;
        }
      },
    );
  }
  console.log(a, b, c);
  return [
    a.text, b.text, c.text, ByTwo.howMany(), ByTen.howMany(), a instanceof ByTwo, a instanceof ByTen,
    classes.map((each) => { const made = new each(); return [made.value, made.next(), made.self()]; }), ByTwo === makeCounterClass(2),
    ByTwo.name, typeof ByTwo,
  ];
}
