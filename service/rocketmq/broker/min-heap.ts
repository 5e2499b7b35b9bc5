/** Items by their key, the smallest first. Keys never change. */
export class MinHeap<Item> {
  readonly #keyOf: (item: Item) => number;
  #items: Item[];

  constructor(keyOf: (item: Item) => number, items: readonly Item[] = []) {
    this.#keyOf = keyOf;
    this.#items = [...items].sort((one, other) => keyOf(one) - keyOf(other));
  }

  get size(): number {
    return this.#items.length;
  }

  peek(): Item | undefined {
    return this.#items[0];
  }

  push(item: Item): void {
    const items = this.#items;
    const key = this.#keyOf(item);
    let at = items.length;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = items[parent] as Item;
      if (this.#keyOf(above) <= key) break;
      items[at] = above;
      at = parent;
    }
    items[at] = item;
  }

  pop(): Item | undefined {
    const items = this.#items;
    const first = items[0];
    const last = items.pop();
    if (last === undefined || items.length === 0) return first;
    const key = this.#keyOf(last);
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= items.length) break;
      const right = items[child + 1];
      if (right !== undefined && this.#keyOf(right) < this.#keyOf(items[child] as Item)) child += 1;
      const below = items[child] as Item;
      if (this.#keyOf(below) >= key) break;
      items[at] = below;
      at = child;
    }
    items[at] = last;
    return first;
  }
}
