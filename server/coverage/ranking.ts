/** Things in an order that is kept while one or another changes: a change costs no more among thousands than among ten. */
export interface Ranking<Item> {
  /** Puts the item of a key in its place, or takes it out. */
  set: (key: string, item: Item | undefined) => void
  first: (most: number) => Item[]
}

/** `compare` must tell any two items apart. */
export function createRanking<Item>(compare: (a: Item, b: Item) => number): Ranking<Item> {
  const items = new Map<string, Item>()
  const order: Item[] = []

  function placeOf(item: Item): number {
    let [low, high] = [0, order.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (compare(order[middle]!, item) < 0)
        low = middle + 1
      else
        high = middle
    }
    return low
  }

  return {
    set(key, item) {
      const before = items.get(key)
      if (before !== undefined)
        order.splice(placeOf(before), 1)
      if (item === undefined) {
        items.delete(key)
        return
      }
      order.splice(placeOf(item), 0, item)
      items.set(key, item)
    },
    first: most => order.slice(0, most),
  }
}
