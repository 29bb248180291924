/** Each evaluation of a class makes a class of its own, with its own private names. */
function make() { return class L {
  static c = 0;
  #q = 1;
  m() { return 1; }
  static has(o: any) { return #q in o; }
}; }
const mk2 = () => { class E extends Error {
  code = 1;
} return E; };
export async function main() {
  const L1 = make(), L2 = make();
  const l1 = new L1(), l2 = new L2();
  L1.c++;
  console.log(L1 === L2, l1 instanceof L1, l1 instanceof L2, L1.c, L2.c, L1.has(l1), L1.has(l2), l1.constructor === L1, (l1 as any).constructor === L2);
  const A = mk2(), B = mk2();
  console.log(new A() instanceof B, new A() instanceof A, A === B);
  class Outer {
    #x = 1;
    static Inner = class {
      #y = 2;
      peek(o: any) { return [o.#x, this.#y]; }
    };
  }
  console.log(new Outer.Inner().peek(new Outer()));
}
