import type { Macro } from '../../contract/macros.ts'

/** A macro chosen for what is being written. */
export interface PickedMacro {
  /** Ticket and voice for which it was chosen. */
  for: string
  macro: Macro
  /** For what nothing was known, in words. */
  lacks: readonly string[]
  /** Places of the effects that are left out. */
  left: readonly number[]
}

/** What is sent of it. */
export const macroUse = ({ macro, left }: PickedMacro) => ({
  id: macro.id,
  version: macro.version,
  acts: macro.effects.map((_, place) => place).filter((place) => !left.includes(place)),
})
