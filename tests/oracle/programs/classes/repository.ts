interface Entity {
  readonly id: number;
}

abstract class Repository<T extends Entity> {
  protected readonly rows = new Map<number, T>();
  constructor(protected readonly label: string) {}

  async find(id: number): Promise<T> {
    await this.pause();
    const row = this.rows.get(id);
    if (!row) throw new MissingRow(this.label, id);
    return row;
  }

  async save(row: T): Promise<T> {
    this.validate(row);
    await this.pause();
    this.rows.set(row.id, row);
    return row;
  }

  protected abstract validate(row: T): void;

  protected async pause(): Promise<void> {
    await new Promise<void>((resolve) => setTimeout(resolve, 1));
  }
}

class MissingRow extends Error {
  static readonly code = 'MISSING';
  readonly code = MissingRow.code;
  constructor(label: string, readonly id: number, options?: ErrorOptions) {
    super(`${label} ${id} is missing`, options);
    this.name = 'MissingRow';
  }
}

interface Person extends Entity {
  name: string;
}

class People extends Repository<Person> {
  constructor() {
    super('person');
  }
  protected validate({ name }: Person): void {
    if (name.length === 0) throw new TypeError('a person has a name');
  }
  override async find(id: number): Promise<Person> {
    try {
      return await super.find(id);
    } catch (error) {
      throw new Error('lookup failed', { cause: error });
    }
  }
  findAll = async (...ids: number[]): Promise<string[]> => {
    const found = await Promise.allSettled(ids.map((id) => this.find(id)));
    return found.map((each) => (each.status === 'fulfilled' ? each.value.name : String((each.reason as Error).cause)));
  };
}

export async function main() {
  const people = new People();
  await Promise.all([people.save({ id: 1, name: 'ann' }), people.save({ id: 2, name: 'bob' })]);
  const names = await people.findAll(1, 2, 3);
  const refused = await people.save({ id: 4, name: '' }).catch((error: unknown) => String(error));
  console.log(names, MissingRow.code);
  return { names, refused };
}
