/** How many may have a turn at the same time, of each who asks, and how many of each may stand in line. */
export interface TurnsLimits {
  all: number
  each: number
  waiting: number
}

/** Lets a few act at once on this node, and of each who asks fewer; whoever comes later waits in line, and holds up nobody else. */
export class Turns {
  readonly #most: TurnsLimits
  readonly #has = new Map<string, number>()
  readonly #line: { who: string; begin: () => void }[] = []
  #all = 0

  constructor(most: TurnsLimits) {
    this.#most = most
  }

  /** Waits for a turn and answers the way to give it back. Null, at once, where too many of `who` stand in line. */
  async take(who: string): Promise<(() => void) | null> {
    if (!this.#isFree(who)) {
      if (this.#line.filter((one) => one.who === who).length >= this.#most.waiting) return null
      // whoever gives a turn back counts it for the next before anybody else can come
      await new Promise<void>((begin) => this.#line.push({ who, begin }))
    } else this.#count(who, 1)
    let isBack = false
    return () => {
      if (isBack) return
      isBack = true
      this.#count(who, -1)
      this.#next()
    }
  }

  #isFree(who: string): boolean {
    return this.#all < this.#most.all && (this.#has.get(who) ?? 0) < this.#most.each
  }

  #count(who: string, n: 1 | -1): void {
    const has = (this.#has.get(who) ?? 0) + n
    this.#all += n
    if (has === 0) this.#has.delete(who)
    else this.#has.set(who, has)
  }

  #next(): void {
    const at = this.#line.findIndex(({ who }) => this.#isFree(who))
    if (at === -1) return
    const [{ who, begin }] = this.#line.splice(at, 1) as [{ who: string; begin: () => void }]
    this.#count(who, 1)
    begin()
  }
}
