interface Logger {
  info(message: string, meta?: object): void;
  error(message: string, error?: unknown): void;
}
class Service {
  constructor(private readonly logger: Logger = console, private readonly math: Pick<Math, 'max' | 'PI'> = Math) {}
  run(n: number): number {
    this.logger.info('running', { n });
    if (n < 0) this.logger.error('negative', new RangeError(`n is ${n}`).message);
    return this.math.max(n, this.math.PI);
  }
}
const prefixed = (prefix: string, base: Console): Logger => ({
  info: (message, ...rest) => base.info(`${prefix}: ${message}`, ...rest),
  error: (message) => base.warn(`${prefix}!`, message),
});
const codecs: Record<string, { parse(text: string): unknown; stringify(value: unknown): string | undefined }> = {
  json: JSON,
  csv: { parse: (text) => text.split(','), stringify: (value) => String(value) },
};
export async function main() {
  const silent: Logger = { info() {}, error: console.error };
  const services = [new Service(), new Service(prefixed('svc', console)), new Service(silent, { max: Math.min, PI: 3 })];
  const results = services.map((service, i) => service.run(i * 5 - 5).toFixed(2));
  const logger = console;
  const { log, warn = log } = logger;
  log('destructured');
  warn('too');
  (['log', 'debug'] as const).forEach((level) => logger[level]('by name', level));
  const maybe: Console | undefined = results.length > 1 ? console : undefined;
  maybe?.group('group');
  maybe?.log('in');
  maybe?.groupEnd();
  const m: Math = Math;
  const operations: (keyof Math & ('sqrt' | 'floor' | 'sign'))[] = ['sqrt', 'floor', 'sign'];
  const timer = performance;
  return {
    results,
    same: [logger === console, logger.log === console.log, m.max === Math.max, JSON === codecs['json']],
    types: [typeof logger, typeof Math, typeof logger.log, typeof timer.now()],
    operations: operations.map((name) => m[name](-2.5) || m[name](6.25)),
    pi: [m.PI, m['E'], m.LN2],
    codecs: Object.entries(codecs).map(([name, codec]) => [name, codec.stringify(codec.parse('1')), 'parse' in codec]),
  };
}
