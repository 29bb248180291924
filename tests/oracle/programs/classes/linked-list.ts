class Node<T> {
  next: Node<T> | null = null;
  constructor(public value: T) {}
}

class LinkedList<T> {
  private head: Node<T> | null = null;
  private tail: Node<T> | null = null;
  length = 0;

  static from<T>(values: readonly T[]): LinkedList<T> {
    const list = new LinkedList<T>();
    for (const value of values) list.append(value);
    return list;
  }

  append(value: T): this {
    const node = new Node(value);
    if (this.tail) this.tail.next = node;
    else this.head = node;
    this.tail = node;
    this.length++;
    return this;
  }

  reverse(): this {
    let previous: Node<T> | null = null;
    let current = this.head;
    this.tail = this.head;
    while (current) {
      const next: Node<T> | null = current.next;
      current.next = previous;
      previous = current;
      current = next;
    }
    this.head = previous;
    return this;
  }

  map<U>(transform: (value: T, index: number) => U): LinkedList<U> {
    const result = new LinkedList<U>();
    let index = 0;
    for (let node = this.head; node; node = node.next) result.append(transform(node.value, index++));
    return result;
  }

  toArray(): T[] {
    const values: T[] = [];
    for (let node = this.head; node; node = node.next) values.push(node.value);
    return values;
  }

  toJSON() {
    return this.toArray();
  }
}

export function main() {
  const list = LinkedList.from([1, 2, 3, 4]);
  const doubled = list.map((value, index) => `${value * 2}@${index}`);
  console.log(LinkedList.from(['a', 'b']));
  return [list.toArray(), doubled.toArray(), list.reverse().toArray(), list.length, JSON.stringify({ list, doubled })];
}
