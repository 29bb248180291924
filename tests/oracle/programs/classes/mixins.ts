type Constructor<T = object> = new (...args: any[]) => T;

function Timestamped<B extends Constructor>(Base: B) {
  return class Timestamped extends Base {
    stamp = 17;
    age(now: number): number {
      return now - this.stamp;
    }
  };
}

function Tagged<B extends Constructor<{ name: string }>>(Base: B, tag: string) {
  return class extends Base {
    tag = tag;
    tagged(): string {
      return `${tag}:${this.name}`;
    }
    override toString(): string {
      return `[${this.tagged()}]`;
    }
  };
}

class User {
  constructor(public name: string) {}
  greet(): string {
    return `hi ${this.name}`;
  }
}

const StampedUser = Timestamped(User);
class Admin extends Tagged(StampedUser, 'admin') {
  level = 3;
  override greet(): string {
    return super.greet() + '!';
  }
}

export function main() {
  const user = new StampedUser('ann');
  const admin = new Admin('bob');
  const Other = Tagged(User, 'other');
  const other = new Other('cy');
  console.log(user, admin, other);
  return [
    user.age(20), user.greet(), admin.greet(), admin.tagged(), `${admin}`, admin.age(18), Object.keys(admin), `${other}`,
    admin instanceof User, admin instanceof StampedUser, other instanceof StampedUser, JSON.stringify(admin), Object.entries(other),
  ];
}
