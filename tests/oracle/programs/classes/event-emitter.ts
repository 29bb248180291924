type Listener<T> = (payload: T) => void;

class Emitter<Events extends Record<string, unknown>> {
  private listeners = new Map<keyof Events, Listener<any>[]>();

  on<K extends keyof Events>(name: K, listener: Listener<Events[K]>): () => void {
    const list = this.listeners.get(name) ?? [];
    list.push(listener);
    this.listeners.set(name, list);
    return () => this.off(name, listener);
  }

  off<K extends keyof Events>(name: K, listener: Listener<Events[K]>): void {
    this.listeners.set(name, (this.listeners.get(name) ?? []).filter((each) => each !== listener));
  }

  once<K extends keyof Events>(name: K, listener: Listener<Events[K]>): void {
    const stop = this.on(name, (payload) => {
      stop();
      listener(payload);
    });
  }

  emit<K extends keyof Events>(name: K, payload: Events[K]): number {
    const list = this.listeners.get(name) ?? [];
    for (const listener of list) listener(payload);
    return list.length;
  }
}

interface Orders extends Record<string, unknown> {
  placed: { id: number; total: number };
  closed: number;
}

class OrderDesk extends Emitter<Orders> {
  private total = 0;
  readonly seen: string[] = [];
  constructor() {
    super();
    this.on('placed', this.count.bind(this));
    this.on('closed', this.close);
  }
  private count({ total }: Orders['placed']): void {
    this.total += total;
  }
  private close = (id: number): void => {
    this.seen.push(`closed ${id} of ${this.total}`);
  };
}

export function main() {
  const desk = new OrderDesk();
  const log: string[] = [];
  desk.once('placed', ({ id }) => log.push(`first ${id}`));
  const stop = desk.on('placed', ({ id, total }) => log.push(`${id}:${total}`));
  const counts = [desk.emit('placed', { id: 1, total: 10 }), desk.emit('placed', { id: 2, total: 5.5 })];
  stop();
  counts.push(desk.emit('placed', { id: 3, total: 1 }), desk.emit('closed', 3));
  return { log, counts, seen: desk.seen };
}
