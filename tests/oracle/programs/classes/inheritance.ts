abstract class Shape {
  static made = 0;
  readonly id: number;
  constructor(public readonly name: string) {
    this.id = ++Shape.made;
  }
  abstract area(): number;
  describe(): string {
    return `${this.name}#${this.id} ${this.area().toFixed(2)}`;
  }
  toString(): string {
    return `<${this.describe()}>`;
  }
}

class Circle extends Shape {
  constructor(private radius: number) {
    super('circle');
  }
  area(): number {
    return Math.PI * this.radius ** 2;
  }
}

class Rect extends Shape {
  constructor(protected w: number, protected h: number, name = 'rect') {
    super(name);
  }
  area(): number {
    return this.w * this.h;
  }
  override describe(): string {
    return `${super.describe()} (${this.w}x${this.h})`;
  }
}

class Square extends Rect {
  constructor(side: number) {
    super(side, side, 'square');
  }
  grow(by: number): void {
    this.w += by;
    this.h += by;
  }
}

class Unit extends Square {
  static readonly instance = new Unit(1);
}

export function main() {
  const shapes: Shape[] = [new Circle(1.5), new Rect(2, 3), new Square(4), Unit.instance];
  const square = shapes[2];
  if (square instanceof Square) square.grow(1);
  console.log(shapes);
  return {
    texts: shapes.map((shape) => `${shape}`),
    total: shapes.reduce((sum, shape) => sum + shape.area(), 0),
    made: Shape.made,
    viaChild: Rect.made,
    is: shapes.map((shape) => [shape instanceof Shape, shape instanceof Rect, shape instanceof Square, shape instanceof Circle]),
    names: shapes.map((shape) => shape.constructor.name),
  };
}
