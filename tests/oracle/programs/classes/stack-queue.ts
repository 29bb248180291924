class Stack<T> {
  private items: T[] = [];
  readonly limit: number;

  constructor(limit = 10) {
    this.limit = limit;
  }

  push(item: T): this {
    if (this.items.length >= this.limit) throw new RangeError(`stack is full at ${this.limit}`);
    this.items.push(item);
    return this;
  }

  pop(): T | undefined {
    return this.items.pop();
  }

  get size(): number {
    return this.items.length;
  }

  peek(): T | undefined {
    return this.items[this.items.length - 1];
  }
}

class Queue<T> {
  #first = new Stack<T>(100);
  #second = new Stack<T>(100);

  enqueue(item: T): void {
    this.#first.push(item);
  }

  dequeue(): T | undefined {
    if (this.#second.size === 0) {
      while (this.#first.size > 0) this.#second.push(this.#first.pop()!);
    }
    return this.#second.pop();
  }
}

export async function main() {
  const stack = new Stack<string>(3);
  stack.push('a').push('b').push('c');
  let message = '';
  try {
    stack.push('d');
  } catch (error) {
    message = error instanceof RangeError ? error.message : 'other';
  }
  const queue = new Queue<number>();
  for (let i = 0; i < 5; i++) queue.enqueue(i * i);
  const out: (number | undefined)[] = [queue.dequeue(), queue.dequeue()];
  queue.enqueue(99);
  for (let i = 0; i < 5; i++) out.push(queue.dequeue());
  console.log(stack, queue);
  return { size: stack.size, top: stack.peek(), message, out, keys: Object.keys(stack), json: JSON.stringify(stack) };
}
