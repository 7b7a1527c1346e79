export interface ProgramChanges {
  added: { program: number; on: string | null }[]
  gone: number[]
  /** Still there, with another day of installation. */
  dated: { program: number; on: string | null }[]
}

/** What of the installed programs (number and day) is new, gone, or dated otherwise. A day that is no longer said is kept. */
export function programChanges(
  was: ReadonlyMap<number, string | null>,
  is: ReadonlyMap<number, string | null>,
): ProgramChanges {
  const added: ProgramChanges['added'] = []
  const dated: ProgramChanges['dated'] = []
  for (const [program, on] of is) {
    const before = was.get(program)
    if (before === undefined) added.push({ program, on })
    else if (on !== null && on !== before) dated.push({ program, on })
  }
  return { added, gone: [...was.keys()].filter((program) => !is.has(program)), dated }
}
