class Temperature {
  private _celsius = 0;
  static fromFahrenheit(f: number): Temperature {
    const made = new Temperature();
    made.fahrenheit = f;
    return made;
  }
  get celsius(): number {
    return this._celsius;
  }
  set celsius(value: number) {
    if (Number.isNaN(value) || value < -273.15) throw new RangeError(`below absolute zero: ${value}`);
    this._celsius = value;
  }
  get fahrenheit(): number {
    return this.celsius * 1.8 + 32;
  }
  set fahrenheit(value: number) {
    this.celsius = (value - 32) / 1.8;
  }
  valueOf(): number {
    return this._celsius;
  }
}

class Config {
  static #instance: Config | undefined;
  static defaults = { retries: 3, verbose: false };
  static {
    Config.defaults.retries += 1;
  }
  readonly values: Record<string, unknown> = { ...Config.defaults };
  private constructor() {}
  static get instance(): Config {
    return (Config.#instance ??= new Config());
  }
  static set verbose(value: boolean) {
    Config.instance.values['verbose'] = value;
  }
}

class ReadOnly {
  get fixed(): number {
    return 1;
  }
}

export function main() {
  const t = Temperature.fromFahrenheit(212);
  t.celsius -= 50;
  t.celsius++;
  const errors: string[] = [];
  try {
    t.celsius = -300;
  } catch (error) {
    errors.push(String(error));
  }
  try {
    (new ReadOnly() as { fixed: number }).fixed = 2;
  } catch (error) {
    errors.push(String(error));
  }
  try {
    (Temperature as any)();
  } catch (error) {
    errors.push(String(error));
  }
  try {
    new (t as any)();
  } catch (error) {
    errors.push(String(error));
  }
  Config.verbose = true;
  const { celsius, fahrenheit } = t;
  return [
    celsius, fahrenheit, +t, t > new Temperature(), `${t.celsius}`, 'celsius' in t, Object.keys(t), Config.instance === Config.instance,
    Config.instance.values, Config.defaults, Object.keys(Config), errors, Temperature.name, Temperature.length, Config.name,
  ];
}
